// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MockProvider
import PublicCA
import Synchronization

/// A CA of the simulation, on good days and bad: what reaches it, when it issues, and what it has sold.
final class YearCA: Sendable {
    let name: String
    /// Whether it knows renewals; otherwise every order is a new one to it.
    let renews: Bool
    let ca: MockCA
    let now: @Sendable () -> Date
    private let outages: [Outage]
    /// When single calls go wrong, and orders take their time.
    private let storm: Range<Date>
    /// Calls that it takes within a minute.
    private let callsAMinute: Int
    private let faults: Double
    private let isBlind: Bool
    private let state: Mutex<State>

    private struct State {
        var random: SeededRandom
        var traffic = YearTraffic()
        var sales = YearSales()
        /// When an order is decided, where that takes time.
        var decided: [OrderReference: Date] = [:]
    }

    init(
        _ name: String, renews: Bool, callsAMinute: Int, outages: [Outage], storm: Range<Date>, seed: UInt64,
        faults: Double, isBlind: Bool, now: @escaping @Sendable () -> Date
    ) {
        self.name = name
        self.renews = renews
        self.callsAMinute = callsAMinute
        self.outages = outages
        self.storm = storm
        self.faults = faults
        self.isBlind = isBlind
        self.now = now
        ca = MockCA(now: now)
        state = Mutex(State(random: SeededRandom(seed: seed)))
    }

    var traffic: YearTraffic { state.withLock(\.traffic) }
    var sales: YearSales { state.withLock(\.sales) }
    /// Whether it refuses the account now.
    var isRefusing: Bool { outage(at: now())?.kind == .refusing }

    private func outage(at date: Date) -> Outage? { outages.first { $0.from <= date && date < $0.until } }

    /// A call comes in. Returns whether its answer gets lost, or throws what the caller is told instead of one.
    func receive(_ call: MockCall) throws(ProviderError) -> Bool {
        let date = now()
        let outage = outage(at: date)
        let (chance, isAllowed) = state.withLock { state in
            state.traffic.note(call, at: date)
            let isAllowed = outage != nil || state.traffic.lastMinute <= callsAMinute
            if !isAllowed { state.traffic.refused += 1 }
            return (Double.random(in: 0..<1, using: &state.random), isAllowed)
        }
        switch outage?.kind {
        case .closed: throw ProviderError(.transient(retryAfter: nil), "no connection")
        case .silent: throw Self.lost(call)
        case .busy: throw ProviderError(.transient(retryAfter: .seconds(300)), "the CA is busy")
        case .refusing: throw ProviderError(.account, "the CA refuses the account")
        case nil: break
        }
        guard isAllowed else { throw ProviderError(.transient(retryAfter: .seconds(60)), "too many calls") }
        guard storm.contains(date) else { return false }
        if chance < faults / 3 { throw Self.lost(call) }
        if chance < faults * 2 / 3 { throw ProviderError(.transient(retryAfter: .seconds(30)), "the CA is busy") }
        guard chance < faults else { return false }
        state.withLock { $0.traffic.lost += 1 }
        return true
    }

    static func lost(_ call: MockCall) -> ProviderError {
        let isWrite = [.place, .renew, .revoke].contains(call)
        return ProviderError(
            isWrite ? .ambiguous(settle: .seconds(2)) : .transient(retryAfter: nil), "the answer did not arrive")
    }

    /// An order was accepted: it is decided at once, within hours, or after days, and a few are rejected.
    func accept(_ request: OrderRequest, as reference: OrderReference) {
        let date = now()
        let isRejected = state.withLock { state in
            let isStormy = storm.contains(date)
            let (chance, length, fate) = (
                Double.random(in: 0..<1, using: &state.random), Double.random(in: 0..<1, using: &state.random),
                Double.random(in: 0..<1, using: &state.random)
            )
            let hours: Range<Double> =
                chance < 0.94 || !isStormy ? 0..<0 : chance < 0.98 ? 0..<6 : chance < 0.996 ? 6..<24 : 24..<72
            let decided = date.addingTimeInterval(
                (hours.lowerBound + (hours.upperBound - hours.lowerBound) * length) * 3600)
            if decided > date { state.decided[reference] = decided }
            // A first order that is rejected leaves nothing to renew: that is a person's matter from the start.
            let isRejected = fate < 0.003 && isStormy && state.sales.hasSold(request.commonName)
            state.sales.sell(request, as: reference, at: date, decidedAt: decided, isRejected: isRejected)
            return isRejected
        }
        if isRejected { ca.refuse(reference) }
    }

    func isUndecided(_ reference: OrderReference) -> Bool {
        let date = now()
        return state.withLock { state in
            guard let decided = state.decided[reference] else { return false }
            if decided <= date { state.decided[reference] = nil }
            return decided > date
        }
    }

    /// What a lookup is told.
    func see(_ located: Located) -> Located { isBlind ? .absent : located }

    /// Revokes a certificate of its own accord. Returns its order; `nil` where it has none to revoke.
    func revokeAny(for reason: RevocationReason) async throws(ProviderError) -> OrderReference? {
        let date = now()
        let picked = state.withLock { state in state.sales.pick(at: date, using: &state.random) }
        guard let picked, case .issued(let reference) = try await ca.provider.order(picked).state,
            let serial = try await ca.provider.certificate(reference).serialNumber
        else { return nil }
        _ = try await ca.provider.revoke(
            RevocationRequest(certificate: reference, serialNumber: serial, reason: reason, comments: "by the CA"))
        state.withLock { $0.sales.noteRevocation(of: picked, at: date) }
        return picked
    }
}
