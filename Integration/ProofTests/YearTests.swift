// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Proof
import Testing

/// `prove year`: a short one, that it comes again from its seed, and that it would notice.
struct YearTests {
    /// So many faults that each kind is met in a short time.
    private func report(
        _ breakage: YearBreakage = .none, days: Int = 60, seed: UInt64 = 7, homes: Int = 1
    ) async throws -> YearReport {
        try await Year(
            certificates: 18, days: days, seed: seed, homes: homes, faults: 0.3, looks: 7, breakage: breakage
        ).run()
    }

    @Test func `a season of bad days buys each certificate once, and renews none late`() async throws {
        let report = try await report(days: 150, homes: 2)
        #expect(report.isClean, "\(report.findings); again: \(report.replay)")
        #expect(report.bought["first"] == 18 && report.bought["renewal", default: 0] > 30 && report.lostAnswers > 0)
        #expect(report.lostHosts > 0 && report.outages > 0 && report.revokedCertificates > 0)
    }

    @Test func `the same seed gives the same year, and another one another`() async throws {
        let first = try await report()
        var again = try await report()
        #expect(first.journalLines > 100 && !first.digest.isEmpty)
        again.seconds = first.seconds
        #expect(again == first)
        #expect(try await report(seed: 8).digest != first.digest)
    }

    @Test func `a CA whose lookups find nothing is bought from twice`() async throws {
        let report = try await report(.blindLookups)
        #expect(report.duplicates > 0 && !report.isClean)
    }

    @Test func `an intent that is not on record buys twice`() async throws {
        let report = try await report(
            .commits { changes in
                var forgetful = changes
                forgetful.work = changes.work.map { change in
                    guard case .put(var item) = change, item.step == "locate" else { return change }
                    item.step = "submit"
                    return .put(item)
                }
                forgetful.puts = changes.puts.map { put in
                    guard case .order(var order) = put, order.phase == .submitting else { return put }
                    order.phase = .drafted
                    return .order(order)
                }
                return forgetful
            })
        #expect(report.duplicates > 0 && report.findings.contains { $0.hasPrefix("bought twice at") })
    }

    @Test func `renewals that are planned late are found late`() async throws {
        let report = try await report(.renewals(at: 0.95))
        #expect(report.late > 0 && report.findings.contains { $0.contains("was renewed late") })
    }

    @Test func `a renewal that is dropped is missed`() async throws {
        let report = try await report(
            .commits { changes in
                var lazy = changes
                lazy.work.removeAll { if case .put(let item) = $0 { item.task == "renewal" } else { false } }
                return lazy
            })
        #expect(report.findings.contains { $0.hasPrefix("nothing will renew") || $0.hasSuffix("has expired") })
    }

    @Test func `a revocation that nobody heeds is missed`() async throws {
        let report = try await report(
            .commits { changes in
                var careless = changes
                careless.puts = changes.puts.map { put in
                    guard case .certificate(var certificate) = put else { return put }
                    certificate.status = .valid
                    return .certificate(certificate)
                }
                return careless
            })
        #expect(report.findings.contains { $0.contains("was revoked on") })
    }

    @Test func `a lease without an end is found`() async throws {
        let report = try await report(.commits(BrokenCommit.leasesWithoutEnd))
        #expect(report.findings.contains { $0.hasSuffix("is leased for ever") })
    }

    @Test func `a key that is not kept is missed`() async throws {
        let report = try await report(
            .commits { changes in
                var careless = changes
                careless.puts.removeAll { if case .key = $0 { true } else { false } }
                return careless
            })
        #expect(report.findings.contains { $0.hasPrefix("the key of") })
    }
}
