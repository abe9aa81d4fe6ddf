// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import HTTPTypes
import LifecycleModel
package import PublicCA
import Synchronization

/// Calls an address while all is well: whoever watches it hears when nothing comes any more, whatever the reason.
package final class Heartbeat: Sendable {
    private struct State {
        var lastAt: Date?
        var isUnderWay = false
        var isFailing = false
    }

    private let state = Mutex(State())
    private let address: Secret
    private let every: Duration
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Date
    private let log: @Sendable (String) -> Void

    /// - Parameters:
    ///   - address: often holds a token, hence is treated as a secret.
    ///   - every: the least time between two calls.
    ///   - transport: logs no address.
    ///   - log: told when it begins to fail, and when it works again.
    package init(
        address: Secret, every: Duration, transport: any HTTPTransport,
        now: @escaping @Sendable () -> Date = { Date() }, log: @escaping @Sendable (String) -> Void
    ) {
        self.address = address
        self.every = every
        self.transport = transport
        self.now = now
        self.log = log
    }

    /// To be called after a healthy pass, as often as there is one. Does not wait for the answer.
    package func passed() {
        guard begins() else { return }
        Task { await call() }
    }

    /// The same, and waits.
    package func beat() async {
        guard begins() else { return }
        await call()
    }

    private func begins() -> Bool {
        let (now, every) = (now(), every)
        return state.withLock { state in
            let isDue = state.lastAt.map { now >= $0.adding(every) } ?? true
            guard isDue, !state.isUnderWay else { return false }
            state.lastAt = now
            state.isUnderWay = true
            return true
        }
    }

    private func call() async {
        let (host, problem) = await outcome()
        let wasFailing = state.withLock { state in
            defer {
                state.isUnderWay = false
                state.isFailing = problem != nil
            }
            return state.isFailing
        }
        switch (problem, wasFailing) {
        case (let problem?, false): log("the heartbeat does not reach \(host): \(problem); it is tried again")
        case (nil, true): log("the heartbeat reaches \(host) again")
        case (nil, false), (.some, true): break
        }
    }

    /// The host is all that may be said of the address.
    private func outcome() async -> (host: String, problem: String?) {
        guard let target = address.reveal({ WebAddress($0) }) else {
            return ("its address", "it is none of HTTP, or holds a password")
        }
        let (host, request) = (target.host, target.request(.get))
        do throws(TransportError) {
            let status = try await transport.send(request, body: nil).response.status
            return (host, status.kind == .successful ? nil : "it answered \(status.code)")
        } catch {
            switch error {
            case .notSent(let reason), .interrupted(let reason): return (host, reason)
            }
        }
    }
}
