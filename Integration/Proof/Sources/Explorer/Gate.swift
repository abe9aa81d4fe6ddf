// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What everything goes by that one host does to the world: it is counted here, and here it goes wrong.
final class Gate: Sendable {
    /// What goes wrong, where, and what the others do while this host sleeps.
    struct Fault: Sendable {
        var place: CrashPoint.Place
        var mode: CrashMode
        var meanwhile: @Sendable () async -> Void
    }

    enum Passage: Sendable {
        /// The host was killed: nothing of it reaches anybody any more.
        case closed
        case open
        case fault(Fault)
    }

    private struct Met {
        var place: CrashPoint.Place
        var title: String
        var steps: [String]
    }

    private struct State {
        var isClosed = false
        var records = 0
        var calls = 0
        var fault: Fault?
        var hasFailed = false
        var met: [Met] = []

        mutating func passage(at place: CrashPoint.Place) -> Passage {
            if isClosed { return .closed }
            guard let fault, fault.place == place else { return .open }
            self.fault = nil
            hasFailed = true
            return .fault(fault)
        }
    }

    private let state: Mutex<State>

    init(_ fault: Fault? = nil) { state = Mutex(State(fault: fault)) }

    var isClosed: Bool { state.withLock(\.isClosed) }
    /// Whether what was to go wrong did.
    var hasFailed: Bool { state.withLock(\.hasFailed) }

    /// All that was done, in the order that has numbers.
    var points: [CrashPoint] {
        let met = state.withLock(\.met)
        let sorted = met.filter { $0.place.isRepository } + met.filter { !$0.place.isRepository }
        return sorted.enumerated().map { index, met in
            CrashPoint(number: index + 1, place: met.place, title: met.title, steps: met.steps)
        }
    }

    /// The host is killed.
    func close() { state.withLock { $0.isClosed = true } }

    /// Nothing goes wrong any more.
    func disarm() { state.withLock { $0.fault = nil } }

    func pass(_ call: ProviderCall) -> (CrashPoint.Place, Passage) {
        state.withLock { state in
            let place = CrashPoint.Place.ca(state.calls, call)
            state.calls += 1
            return (place, state.passage(at: place))
        }
    }

    func passToRepository() -> (CrashPoint.Place, Passage) {
        state.withLock { state in
            let place = CrashPoint.Place.repository(state.records)
            state.records += 1
            return (place, state.passage(at: place))
        }
    }

    /// Makes what was done a point.
    func note(_ place: CrashPoint.Place, _ title: String, steps: [String] = []) {
        state.withLock { $0.met.append(Met(place: place, title: title, steps: steps)) }
    }
}

extension CrashPoint.Place {
    fileprivate var isRepository: Bool { if case .repository = self { true } else { false } }
}
