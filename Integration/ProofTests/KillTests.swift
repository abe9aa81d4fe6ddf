// SPDX-License-Identifier: Apache-2.0

import Foundation
import Proof
import PublicCA
import Testing

/// `prove kill`: a short run, and that it would notice.
struct KillTests {
    /// Where the same build has put the programs.
    private static func built(_ name: String) throws -> String {
        let tests = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
        let places = [tests] + Bundle.allBundles.map(\.bundleURL)
        let found = places.map { $0.deletingLastPathComponent().appendingPathComponent(name).path }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        return try #require(found, "\(name) was not built")
    }

    @Test func `20 kills over 20 orders and their successors cost no certificate, no key and no word`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Lost answers alone: an order that did not arrive is believed absent after a minute, and this is to be short.
        let harness = KillHarness(
            program: try Self.built("publicca"), simulator: try Self.built("scm-simulator"), orders: 20, kills: 20,
            processes: 4, seed: .random(in: 1...999_999), lost: 0.1, errors: 0, lease: 10)
        let report = try await harness.run(in: folder.path)
        #expect(report.isClean && report.killed >= 20, "seed \(harness.seed): \(report.lines)")
        #expect(report.wanted == 28 && report.calls > 0)
    }

    private static let clean = KillReport(
        wanted: 28, bought: 28, kept: 28, keysLost: 0, unkept: [], silent: [], told: [:], kills: ["at a time": 20],
        decisions: 1, commands: 100, calls: 200)

    @Test func `whatever is bought twice, lost or silent spoils the figure`() {
        #expect(Self.clean.isClean && Self.clean.table.hasSuffix("28      28          1.000"))
        let flaws: [(inout KillReport) -> Void] = [
            { $0.bought += 1 }, { $0.kept -= 1 }, { ($0.bought, $0.kept) = (27, 27) }, { $0.keysLost = 1 },
            { $0.unkept = ["ord_1 is stuck"] }, { $0.silent = ["run died of signal 11"] },
        ]
        for flaw in flaws {
            var report = Self.clean
            flaw(&report)
            #expect(!report.isClean)
        }
    }

    private func said(
        _ status: Int32, signal: Int32? = nil, _ message: String = "", hasRunOut: Bool = false
    ) -> KillingEnd {
        KillingEnd(
            command: "order create", status: status, signal: signal, hasRunOut: hasRunOut, output: Data(),
            message: message)
    }

    @Test func `a command that fails without a word, dies by itself or does not end is silent`() {
        let tally = KillTally()
        for quiet in [said(0), said(3), said(9, signal: 9), said(1, "ord_1 is stuck: sent 3 times")] {
            tally.note(quiet)
        }
        #expect(tally.counts.silent.isEmpty && tally.counts.commands == 4)
        #expect(tally.counts.told == ["order create (1): … is stuck: sent … times": 1])
        for flaw in [said(74), said(11, signal: 11), said(0, hasRunOut: true)] { tally.note(flaw) }
        #expect(tally.counts.silent.count == 3)
    }

    @Test func `a seed makes the same wishes and the same moments, of every kind`() {
        func plan(_ seed: UInt64) -> ([KillingWish], [KillMoment]) {
            var random = SeededRandom(seed: seed)
            let wishes = KillingWish.all(orders: 20, kills: 15, using: &random)
            return (wishes, (0..<60).map { _ in .random(within: .seconds(1), steps: 4, using: &random) })
        }
        let (wishes, moments) = plan(7)
        #expect(wishes.count == 28 && wishes.map(\.kills).reduce(0, +) == 15)
        #expect(Set(wishes.map(\.kind)) == Set(KillingWish.Kind.allCases) && Set(moments.map(\.kind)).count == 3)
        #expect(plan(7) == (wishes, moments) && plan(8) != (wishes, moments))
    }

    @Test func `what a wish is on record as has the words of orders`() {
        for kind in KillingWish.Kind.allCases { #expect(OrderKind(rawValue: kind.rawValue) != nil) }
    }
}
