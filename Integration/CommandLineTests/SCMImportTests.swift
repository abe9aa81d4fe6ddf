// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// Imports from a simulated SCM on which others are at work.
struct SCMImportTests {
    private static let importing = ["order", "import", "--account", "scm", "--wait", "120", "--json"]

    private func seeded(
        _ count: Int, _ more: String = "",
        _ body: @escaping @Sendable (PublicCACommand, SCMSimulator) async throws -> Void
    ) async throws {
        try await withSCM(.password, #"{"tls": true, "seed": \#(count)\#(more)}"#, body)
    }

    private func report(_ ended: Program.Ended) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: ended.output) as? [String: Any], "\(ended.error)")
    }

    private func references(_ command: PublicCACommand) async throws -> [String] {
        var references: [String] = []
        var after: [String] = []
        repeat {
            let ended = try await command.run(["order", "list", "--limit", "500", "--json"] + after)
            let page = try report(ended)
            references += (page["items"] as? [[String: Any]] ?? []).compactMap { $0["reference"] as? String }
            after = (page["next"] as? String).map { ["--after", $0] } ?? []
        } while !after.isEmpty
        return references
    }

    @Test func `rows that shift while people order in the portal are neither lost nor doubled`() async throws {
        try await seeded(450) { command, simulator in
            try simulator.fault(#"{"kind": "pageShift", "method": "GET", "path": "/api/ssl/v1", "count": 9}"#)
            let first = try report(try await command.run(Self.importing))
            #expect(first["problem"] is NSNull)
            let found = try await references(command)
            #expect(Set(found).count == found.count)
            let whole = Set(try simulator.enrolments().compactMap { $0["id"] as? Int ?? $0["sslId"] as? Int })
            let seeded = Set((1000..<1450).map { "\($0)" })
            #expect(Set(found).isSuperset(of: seeded), "\(seeded.subtracting(found).sorted())")
            try simulator.control("DELETE", "faults")
            let second = try report(try await command.run(Self.importing))
            #expect(second["vanished"] as? Int == 0 && second["unlisted"] as? Int == 0, "\(second)")
            #expect(try await references(command).count == whole.count)
        }
    }

    @Test func `an order that SCM does not show is set aside with its reason, and comes when it does`() async throws {
        try await seeded(20) { command, simulator in
            try simulator.fault(
                #"{"kind": "error", "status": 400, "code": -5101, "path": "/api/ssl/v1/1003", "count": 9}"#)
            let first = try await command.run(Self.importing)
            let report = try report(first)
            #expect(first.status == 0 && report["new"] as? Int == 19, "\(first.error)")
            let aside = try #require(report["quarantined"] as? [[String: String]])
            #expect(aside.count == 1 && aside[0]["reference"] == "1003")
            #expect(aside[0]["why"]?.contains("-5101") == true, "\(aside)")
            try simulator.control("DELETE", "faults")
            #expect(try self.report(try await command.run(Self.importing))["new"] as? Int == 1)
        }
    }

    @Test func `an order in a state that nobody knows comes, too, and is counted once`() async throws {
        try await seeded(30) { command, simulator in
            try simulator.control("POST", "status", #"{"id": 1003, "status": "Awaiting Moonrise"}"#)
            for counted in ["new", "unchanged"] {
                let report = try report(try await command.run(Self.importing))
                #expect(report[counted] as? Int == 30 && report["listed"] as? Int == 30, "\(report)")
                #expect(report["unlisted"] as? Int == 0, "\(report)")
            }
            let shown = try await command.items("order", "list", "--state", "placed")
            #expect(shown.contains { $0["reference"] as? String == "1003" })
        }
    }

    @Test func `a known order whose state nobody knows any more is missed by its list, and is read by name`()
        async throws
    {
        try await seeded(30) { command, simulator in
            #expect(try await command.run(Self.importing).status == 0)
            try simulator.control("POST", "status", #"{"id": 1003, "status": "Awaiting Moonrise"}"#)
            let missed = try await command.run(Self.importing)
            #expect(try report(missed)["unlisted"] as? Int == 1)
            #expect(missed.error.contains("publicca order import --account scm --reference ID"), "\(missed.error)")
            #expect(try await command.run(Self.importing + ["--reference", "1003"]).status == 0)
            let again = try report(try await command.run(Self.importing))
            #expect(again["unlisted"] as? Int == 0 && again["unchanged"] as? Int == 30, "\(again)")
        }
    }

    @Test func `an import that is interrupted goes on where it was`() async throws {
        try await seeded(500, #", "think": 10"#) { command, simulator in
            // However late somebody looks, it is not done by then.
            try simulator.fault(
                #"{"kind": "hang", "path": "/api/ssl/v1/collect", "after": 250, "count": 100000}"#)
            let interrupted = try await command.run(Self.importing) { process in
                do {
                    while try simulator.calls("GET /api/ssl/v1/collect") < 250 { await Task.yield() }
                } catch {
                    Issue.record(error, "the simulator does not count")
                }
                kill(process, SIGINT)
            }
            #expect(interrupted.status == 3, "\(interrupted.error)")
            #expect(interrupted.error.contains("no longer watching"), "\(interrupted.error)")
            let kept = try await references(command).count
            #expect((100..<500).contains(kept))
            try simulator.control("DELETE", "faults")
            let before = try simulator.calls("GET /api/ssl/v1/collect")
            let rest = try report(try await command.run(Self.importing))
            #expect(rest["listed"] as? Int == 500 && rest["new"] as? Int == 500, "\(rest)")
            // What was kept is not read again.
            #expect(try simulator.calls("GET /api/ssl/v1/collect") - before <= 500 - kept)
        }
    }
}
