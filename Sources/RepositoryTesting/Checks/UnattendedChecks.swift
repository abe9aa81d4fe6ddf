// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let unattended: [RepositoryCheck] = [
        RepositoryCheck("planned renewals are found by date, given up ones by that, both by account") { checked in
            for (number, due) in [nil, 10, 20, 30].enumerated() {
                var managed = ManagedCertificate(
                    id: ManagedCertificateID("mgd_\(number)"), account: number == 2 ? "other" : "main",
                    createdAt: Sample.start)
                managed.renewal = due.map { (seconds: Int) in
                    RenewalPlan(
                        certificate: CertificateID("crt_\(number)"), dueAt: Sample.start.adding(.seconds(seconds)),
                        reason: .expiring, note: "")
                }
                managed.renewal?.isStuck = number == 3
                try await checked.put(.managed(managed))
            }
            func ids(_ fill: (inout ManagedQuery) -> Void) async throws -> [String] {
                var query = ManagedQuery()
                query.limit = 2
                fill(&query)
                return try await checked.repository.managed(query).items.map(\.id.rawValue)
            }
            try expect("the first page", try await ids { _ in }, ["mgd_0", "mgd_1"])
            try expect("the second", try await ids { $0.after = PageCursor("mgd_1") }, ["mgd_2", "mgd_3"])
            try expect(
                "due", try await ids { $0.renewalDueBy = Sample.start.adding(.seconds(20)) }, ["mgd_1", "mgd_2"])
            try expect("of one account", try await ids { $0.account = "other" }, ["mgd_2"])
            try expect("given up", try await ids { $0.isStuck = true }, ["mgd_3"])
            let day = Counts.day(of: Sample.start)
            try expect("counted", try await checked.repository.counts().renewals, [day: 2])
            let second = try await checked.repository.managed(ManagedCertificateID("mgd_1"))
            var done = try require("the second", second)
            done.renewal = nil
            try await checked.put(.managed(done))
            try expect("counted then", try await checked.repository.counts().renewals, [day: 1])
        },
        RepositoryCheck("the audit is listed oldest first, since a date, and of one certificate") { checked in
            for number in 0..<4 {
                let certificate = Sample.certificate("crt_\(number % 2)")
                let decision = Sample.decision("dec_\(number)", about: certificate, after: number)
                try await checked.put(.decision(decision))
            }
            func ids(_ fill: (inout DecisionQuery) -> Void) async throws -> [String] {
                var query = DecisionQuery()
                query.limit = 3
                fill(&query)
                return try await checked.repository.decisions(query).items.map(\.id.rawValue)
            }
            try expect("all", try await ids { _ in }, ["dec_0", "dec_1", "dec_2"])
            try expect("the rest", try await ids { $0.after = PageCursor("dec_2") }, ["dec_3"])
            try expect("since", try await ids { $0.since = Sample.start.adding(.seconds(2)) }, ["dec_2", "dec_3"])
            try expect("of one", try await ids { $0.certificate = CertificateID("crt_1") }, ["dec_1", "dec_3"])
        },
        RepositoryCheck("a certificate has one deployment to a target, which is found by both") { checked in
            func deployment(_ id: String, _ target: String) -> DeploymentRecord {
                DeploymentRecord(
                    id: DeploymentID(id), target: target, certificate: Sample.certificate("crt_1"),
                    createdAt: Sample.start)
            }
            var troubled = deployment("dep_2", "mail")
            troubled.isTroubled = true
            try await checked.put(.deployment(deployment("dep_1", "web")), .deployment(troubled))
            try await checked.conflict("a second way") { $0.puts = [.deployment(deployment("dep_3", "web"))] }
            let counts = try await checked.repository.counts()
            try expect("counted", [counts.deployments, counts.troubledDeployments], [2, 1])
            let managed = ManagedCertificateID("mgd_1")
            let found = try await checked.repository.deployment(target: "mail", managed: managed)
            try expect("found", found?.id, DeploymentID("dep_2"))
            for (fill, ids) in [
                ({ _ in }, ["dep_1", "dep_2"]), ({ $0.target = "web" }, ["dep_1"]),
                ({ $0.managed = managed }, ["dep_1", "dep_2"]), ({ $0.isTroubled = true }, ["dep_2"]),
            ] as [((inout DeploymentQuery) -> Void, [String])] {
                var query = DeploymentQuery()
                fill(&query)
                let items = try await checked.repository.deployments(query).items
                try expect("deployments", items.map(\.id.rawValue), ids)
            }
        },
        RepositoryCheck("what ends first is the first that waits for room") { checked in
            for (id, seconds) in [("ord_1", nil), ("ord_2", 50), ("ord_3", 20), ("ord_4", 10)] as [(String, Int?)] {
                var order = Sample.order(id, phase: id == "ord_4" ? .completed : .awaitingCapacity)
                order.waitingCertificateEndsAt = seconds.map { Sample.start.adding(.seconds($0)) }
                try await checked.put(.order(order))
            }
            let all = try await checked.repository.waitingForRoom(limit: 10)
            try expect("waiting", all.map(\.id.rawValue), ["ord_3", "ord_2", "ord_1"])
            try expect("the first", try await checked.repository.waitingForRoom(limit: 1).map(\.id.rawValue), ["ord_3"])
        },
    ]
}
