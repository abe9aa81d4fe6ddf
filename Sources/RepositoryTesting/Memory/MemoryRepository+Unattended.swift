// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
public import PublicCA

extension MemoryRepository {
    public func managed(_ query: ManagedQuery) async throws(RepositoryError) -> Page<ManagedCertificate> {
        read { state in
            let matches = state.all(ManagedCertificate.self).filter { query.matches($0) }
            return Self.page(of: matches, after: query.after, limit: query.limit) { $0.id.rawValue }
        }
    }

    public func decisions(_ query: DecisionQuery) async throws(RepositoryError) -> Page<RenewalDecision> {
        read { state in
            let matches = state.all(RenewalDecision.self).filter { query.matches($0) }
            return Self.page(of: matches, after: query.after, limit: query.limit) { $0.id.rawValue }
        }
    }

    public func deployments(_ query: DeploymentQuery) async throws(RepositoryError) -> Page<DeploymentRecord> {
        read { state in
            let matches = state.all(DeploymentRecord.self).filter { query.matches($0) }
            return Self.page(of: matches, after: query.after, limit: query.limit) { $0.id.rawValue }
        }
    }

    public func alerts() async throws(RepositoryError) -> [AlertRecord] {
        read { $0.all(AlertRecord.self).sorted { $0.key < $1.key } }
    }

    public func waitingForRoom(limit: Int) async throws(RepositoryError) -> [Order] {
        read { state in
            let waiting = state.all(Order.self).filter { $0.phase == .awaitingCapacity }
            let sorted = waiting.sorted { left, right in
                let ends = [left, right].map { ($0.waitingCertificateEndsAt ?? .distantFuture).milliseconds }
                return (ends[0], left.id.rawValue) < (ends[1], right.id.rawValue)
            }
            return Array(sorted.prefix(max(0, limit)))
        }
    }
}
