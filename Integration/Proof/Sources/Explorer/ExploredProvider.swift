// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting

/// The CA as one host reaches it.
struct ExploredProvider: Sendable {
    let inner: MockProvider
    let gate: Gate
    let ledger: Ledger
    let surroundings: Surroundings
    /// Of this host; it stands still while the host waits.
    let clock: TestTime

    func ask<Answer: Sendable>(
        _ call: ProviderCall, _ act: @escaping @Sendable () async throws(ProviderError) -> Answer
    ) async throws(ProviderError) -> Answer {
        let (place, passage) = gate.pass(call)
        switch passage {
        case .closed: throw Self.gone
        case .open:
            gate.note(place, call.rawValue)
            return try await act()
        case .fault(let fault):
            guard case .call(let mode) = fault.mode else { return try await act() }
            return try await suffer(mode, call, fault.meanwhile, act)
        }
    }

    private func suffer<Answer: Sendable>(
        _ mode: CallFault, _ call: ProviderCall, _ meanwhile: () async -> Void,
        _ act: @escaping @Sendable () async throws(ProviderError) -> Answer
    ) async throws(ProviderError) -> Answer {
        switch mode {
        case .stopBefore:
            gate.close()
            throw Self.gone
        case .stopAfter:
            defer { gate.close() }
            _ = try await act()
            throw Self.gone
        case .answerLost:
            _ = try await act()
            throw lost(call)
        case .answerLate:
            let answer = try await act()
            await meanwhile()
            return answer
        case .requestLost: throw lost(call)
        case .notSent: throw ProviderError(.transient(retryAfter: nil), "no connection")
        case .actsLate:
            await giveUp()
            surroundings.postpone(by: surroundings.lateness(of: call, isAbandoned: true), act)
            await untilCancelled()
            throw lost(call)
        case .stopActsLate:
            gate.close()
            surroundings.postpone(by: surroundings.lateness(of: call, isAbandoned: false), act)
            throw Self.gone
        }
    }

    /// Lets the engine's patience end. It waits for this answer and sleeps for nothing else.
    private func giveUp() async {
        await clock.untilSleeping()
        surroundings.time.advance(by: Surroundings.writeDeadline)
        clock.advance(by: Surroundings.writeDeadline)
    }

    private func untilCancelled() async {
        let (silence, line) = AsyncStream.makeStream(of: Never.self)
        for await nothing in silence { _ = nothing }
        line.finish()
    }

    private func lost(_ call: ProviderCall) -> ProviderError {
        ProviderError(
            call.isWrite ? .ambiguous(settle: .seconds(2)) : .transient(retryAfter: nil), "the answer did not arrive")
    }

    private static let gone = ProviderError(.transient(retryAfter: nil), "this host was killed")
}
