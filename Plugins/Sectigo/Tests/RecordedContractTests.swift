// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA
import PublicCATesting
import Testing

/// The contract over `Exchanges/contract.json`, which `make record` writes at the simulated SCM.
struct RecordedContractTests {
    private static let canary = "canary-7f3a"
    private static let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "README.md")

    @Test func `the provider keeps the contract over recorded exchanges`() async throws {
        let recorded = try RecordedCheck.list(in: "contract.json")
        var replays: [(RecordedCheck, ReplayTransport)] = []
        let report = await ConformanceReport { check in
            let found = try #require(recorded.first { $0.promise == check.promise }, "not recorded: make record")
            let replay = ReplayTransport(found.exchanges)
            replays.append((found, replay))
            return found.fixture(
                over: replay, canary: Self.canary, unknownOrder: OrderReference("999999999"),
                unknownCertificate: CertificateReference("999999999")
            ) { network, now in
                try Replayed.open(over: network, now: now, password: Self.canary)
            }
        }
        print(report)
        #expect(report.failures.isEmpty)
        let notApplicable = report.rows.filter { row in
            if case .success(.notApplicable) = row.result { true } else { false }
        }
        #expect(
            notApplicable.map(\.promise) == [
                "an order that is ready takes its signing request and is issued",
                "what a reissue replaces fares as declared",
                "a signing request whose answer is lost is in doubt, and arrived",
            ])
        let passed = report.rows.count - notApplicable.count
        let told = try String(contentsOf: Self.readme, encoding: .utf8).split(separator: "\n")
            .first { $0.hasPrefix("| contract |") }
        let seen = "| contract | \(passed) promises kept, \(notApplicable.count) not applicable,"
        #expect(told?.hasPrefix(seen) == true, "\(told ?? ""), and not \(seen)")
        // What is asked is what was recorded, no less and no more.
        for (check, replay) in replays {
            #expect(replay.refused.isEmpty && replay.unused == 0, "\(check)")
        }
    }

    @Test func `a recording is of one promise, and no other is checked over it`() async throws {
        let recorded = try #require(try RecordedCheck.list(in: "contract.json").first)
        let check = try #require(ProviderCheck.all.first { $0.promise == "two orders have two references" })
        let fixture = recorded.fixture(over: ReplayTransport(recorded.exchanges)) { network, now in
            try Replayed.open(over: network, now: now)
        }
        let failure = await #expect(throws: ConformanceFailure.self) { try await check.run(with: fixture) }
        #expect(failure?.seen.contains("orders more than was recorded") == true)
    }
}
