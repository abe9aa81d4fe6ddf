// SPDX-License-Identifier: Apache-2.0

package import LifecycleModel
import PublicCA

/// Why things are as they are, from what is on record. None of these asks a CA or writes anything.
extension LifecycleEngine {
    package func explain(_ certificate: IssuedCertificate) async throws(LifecycleError) -> Explanation {
        try await commanded {
            let managed = try await repository.managed(certificate.managed)
            let account = try await repository.account(certificate.account)
            var prospect = CertificateProspect(
                certificate: certificate, managed: managed, account: account,
                hasKey: try await repository.key(certificate.facts.publicKey) != nil,
                order: try await repository.unfinishedSuccessor(of: certificate.id),
                targets: try await targets(of: certificate), windows: options.windows, policy: options.renewal,
                retry: options.retry)
            if let managed {
                let planned = try await planRenewal(of: certificate, managed, account)
                (prospect.plan, prospect.verdict) = (planned.managed.renewal, planned.verdict)
            }
            return Explanation(of: prospect, at: time.now())
        }
    }

    package func explain(_ order: Order) async throws(LifecycleError) -> Explanation {
        try await commanded {
            let account = try await repository.account(order.account)
            // Beyond so many, how many come first makes no difference.
            let waiting =
                order.phase == .awaitingCapacity ? try await repository.waitingForRoom(limit: 10_000) : []
            let prospect = OrderProspect(
                order: order, work: try await repository.work(.order(order.id), task: WorkItem.life),
                account: account, policy: try account.map { try policy(for: $0) } ?? OrderPolicy(retry: options.retry),
                limit: options.capacity, place: waiting.firstIndex { $0.id == order.id }.map { $0 + 1 })
            return Explanation(of: prospect, at: time.now())
        }
    }

    package func explain(_ account: AccountRecord) async throws(LifecycleError) -> Explanation {
        try await commanded {
            var work: [WorkItem] = []
            for kind in ["order", "revocation", "import", "certificate", "account"] {
                work += try await repository.work(of: account.name, kind: kind, limit: 1)
            }
            var query = OrderQuery()
            query.account = account.name
            query.phases = OrderPhase.allCases.filter { !$0.isFinal }
            query.limit = 1000
            let orders = try await repository.orders(query)
            return Explanation(
                of: account, work: work, unfinished: orders.items.count, hasMore: orders.next != nil, at: time.now())
        }
    }

    package func explain(_ deployment: DeploymentRecord) async throws(LifecycleError) -> Explanation {
        try await commanded {
            Explanation(
                of: deployment, work: try await repository.work(.deployment(deployment.id), task: WorkItem.life),
                certificate: try await repository.certificate(deployment.wanted), at: time.now())
        }
    }

    /// Where a certificate is brought, by the configuration, or where there is none here, by what is on record.
    func targets(of certificate: IssuedCertificate) async throws(RepositoryError) -> [String] {
        if let deploying { return deploying.targets.filter { $0.takes(certificate) }.map(\.name).sorted() }
        var query = DeploymentQuery()
        query.managed = certificate.managed
        return try await repository.deployments(query).items.map(\.target).sorted()
    }
}
