// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import RepositoryTesting

/// The repository as one host reaches it.
struct ExploredRepository: ForwardingRepository {
    let inner: MemoryRepository
    let gate: Gate
    let ledger: Ledger

    func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        let (place, passage) = gate.passToRepository()
        let items = try await perform(passage) { () async throws(RepositoryError) in try await inner.claim(request) }
        // A claim that gives nothing out changes nothing.
        if !items.isEmpty {
            let steps = items.compactMap { item in
                WorkKind(item).map { "\($0.rawValue) \($0.step(of: item))" }
            }
            gate.note(place, "claim " + steps.joined(separator: ", "), steps: steps)
        }
        return items
    }

    func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        let (place, passage) = gate.passToRepository()
        gate.note(place, changes.claimed.map { "commit \($0.subject.kind) \($0.step)" } ?? "commit")
        try await perform(passage) { () async throws(RepositoryError) in try await ledger.commit(changes, to: inner) }
    }

    private func perform<Value: Sendable>(
        _ passage: Gate.Passage, _ act: () async throws(RepositoryError) -> Value
    ) async throws(RepositoryError) -> Value {
        switch passage {
        case .closed: throw Self.gone
        case .open: return try await act()
        case .fault(let fault):
            guard case .repository(let mode) = fault.mode else { return try await act() }
            return try await suffer(mode, fault.meanwhile, act)
        }
    }

    private func suffer<Value: Sendable>(
        _ mode: RepositoryFault, _ meanwhile: () async -> Void, _ act: () async throws(RepositoryError) -> Value
    ) async throws(RepositoryError) -> Value {
        switch mode {
        case .stopBefore:
            gate.close()
            throw Self.gone
        case .stopAfter:
            defer { gate.close() }
            _ = try await act()
            throw Self.gone
        case .refused: throw .unavailable("the disk is full")
        case .unheard:
            _ = try await act()
            throw .unavailable("the disk did not answer")
        case .sleptBefore:
            await meanwhile()
            return try await act()
        case .sleptAfter:
            let value = try await act()
            await meanwhile()
            return value
        }
    }

    private static let gone = RepositoryError.unavailable("this host was killed")
}
