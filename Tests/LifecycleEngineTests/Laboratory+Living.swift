// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting

extension Laboratory {
    static let day: TimeInterval = 86400

    /// Does what is due, moves time to the next due step, and so on until a date.
    func live(until end: Date, with engine: LifecycleEngine? = nil) async throws {
        let engine = engine ?? self.engine
        while true {
            try await engine.pass()
            let next = try await repository.work(after: nil, limit: 1).items.first
            let wake = max(next?.due ?? end, next?.lease?.until ?? .distantPast)
            guard wake < end else { break }
            move(to: wake.addingTimeInterval(0.001))
        }
        move(to: end)
    }

    func live(days: Double) async throws { try await live(until: time.now().addingTimeInterval(days * Self.day)) }

    private func move(to date: Date) {
        time.advance(by: .milliseconds(Int64(max(0, date.timeIntervalSince(time.now())) * 1000) + 1))
    }

    /// The whole audit.
    func audit() async throws -> [RenewalDecision] {
        var query = DecisionQuery()
        query.limit = 100_000
        return try await repository.decisions(query).items
    }

    func plan(of certificate: IssuedCertificate) async throws -> RenewalPlan? {
        try await repository.managed(certificate.managed)?.renewal
    }

    /// What is kept alive of a certificate's kind now.
    func current(of certificate: IssuedCertificate) async throws -> IssuedCertificate {
        guard let id = try await repository.managed(certificate.managed)?.current,
            let current = try await repository.certificate(id)
        else { throw LifecycleError(.notFound, "nothing is kept of \(certificate.id)") }
        return current
    }
}
