// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct PlanningTests {
    /// A home with two certificates, one of them renewed by itself, and an order under way.
    private func home() async throws -> PublicCACommand {
        let command = try await PublicCACommand.withAccount()
        for name in ["a.example.org", "b.example.org"] { #expect(try await command.order(name).status == 0) }
        #expect(try await command.order("c.example.org", profile: "Mock Endless").status == 3)
        // As `auto-renew enable` leaves it, for a renewal in three weeks.
        let due = Int((Date().timeIntervalSince1970 + 21 * 86400) * 1000)
        try await command.database(
            """
            UPDATE managed SET renewal_due = \(due), body = json_set(body, '$.isAutoRenewalOwn', json('true'),
              '$.autoRenewal.isEnabled', json('true'), '$.autoRenewal.days', 178,
              '$.renewal', json_object('certificate', json_extract(body, '$.current'), 'dueAt', \(due),
                'reason', 'expiring', 'note', '178 days before it expires', 'failures', json_object('count', 0),
                'isStuck', json('false')))
            WHERE id = (SELECT managed FROM certificates ORDER BY id LIMIT 1)
            """)
        return command
    }

    @Test func `a plan has a row for what comes, and pages like other lists`() async throws {
        let command = try await home()
        let week = try await command.items("plan")
        #expect(week.map { $0["commonName"] as? String } == ["c.example.org"])
        #expect(week.first?["action"] as? String == "poll")
        let year = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 300 * 86400))
        let whole = try await command.items("plan", "--until", year)
        #expect(whole.map { $0["commonName"] as? String } == ["c.example.org", "a.example.org", "b.example.org"])
        #expect(whole.map { $0["action"] as? String } == ["poll", "renew", "expire"])
        for row in whole { #expect(["at", "subject", "account", "why"].allSatisfy { row[$0] is String }) }
        let first = try await command.json("plan", "--until", year, "--limit", "2")
        let cursor = try #require(first["next"] as? String)
        #expect(try await command.items("plan", "--until", year, "--after", cursor).count == 1)
        let table = try await command.run("plan", "--until", year)
        #expect(table.text.hasPrefix("AT ") && table.text.contains("auto-renewal is off"))
    }

    @Test(arguments: [
        (["plan", "--until", "yesterday"], "is no date"), (["plan", "--until", "2020-01-01"], "is over"),
        (["plan", "--until", "2999-01-01"], "more than two years"), (["plan", "--after", "ord_1"], "is not where"),
        (["forecast", "--weeks", "0"], "from 1 to 260"),
        (["forecast", "--svg", "/no/such/folder/x.svg"], "--svg PATH"),
    ])
    func `what makes no sense is refused`(_ arguments: [String], _ words: String) async throws {
        let ended = try await PublicCACommand.withAccount().run(arguments)
        #expect(ended.status == 64 && ended.error.contains(words), "\(ended.error)")
    }

    @Test func `a renewal that fails as it did before is no success`() async throws {
        let command = try await home()
        // As if it had been there for more than a year.
        let began = Int((Date().timeIntervalSince1970 - 400 * 86400) * 1000)
        try await command.database("UPDATE certificates SET body = json_set(body, '$.facts.notBefore', \(began))")
        let enabled = try await command.run("auto-renew", "enable", "--days", "300", "--certificate", "a.example.org")
        #expect(enabled.status == 0, "\(enabled.error)")
        #expect(try await command.run("account", "set", "demo", "--set", "mischief=refused-order").status == 0)
        for _ in 1...3 {
            let ended = try await command.run("auto-renew", "run", "--certificate", "a.example.org")
            #expect(ended.status == 1 && ended.text.contains("failed"), "\(ended.text) \(ended.error)")
        }
        let audit = try await command.items("auto-renew", "audit", "--certificate", "a.example.org")
        #expect(audit.count { $0["decision"] as? String == "failed" } == 1)
    }

    @Test(arguments: ["enable", "disable"])
    func `all certificates that are not there are told at once, and nothing is changed`(_ verb: String) async throws {
        let command = try await home()
        let ended = try await command.run(
            "auto-renew", verb, "--certificate", "x.example.org", "--certificate", "a.example.org", "--certificate",
            "b.example.org", "--certificate", "y.example.org")
        #expect(ended.status == 66, "\(ended.error)")
        #expect(ended.error.contains("\"x.example.org\"") && ended.error.contains("\"y.example.org\""))
        #expect(!ended.error.contains("a.example.org"))
        let choices = try await command.items("certificate", "list").compactMap { $0["autoRenew"] as? [String: Any] }
        #expect(choices.count == 2 && choices.count { $0["enabled"] as? Bool == true } == 1)
    }

    @Test func `everything that is known can be explained, by id and by name`() async throws {
        let command = try await home()
        let certificate = try await command.json("explain", "a.example.org")
        #expect(certificate["kind"] as? String == "certificate" && certificate["nextAt"] is String)
        let order = try await command.json("explain", "c.example.org")
        #expect(order["kind"] as? String == "order" && order["nextAt"] is String)
        let account = try await command.json("explain", "demo")
        #expect(account["kind"] as? String == "account")
        for told in [certificate, order, account] {
            #expect((told["facts"] as? [String])?.isEmpty == false && (told["changes"] as? [String])?.isEmpty == false)
            #expect(["rule", "decision"].allSatisfy { (told[$0] as? String)?.isEmpty == false })
            let id = try #require(told["subject"] as? String)
            #expect(try await command.json("explain", id)["subject"] as? String == id)
        }
        let text = try await command.run("explain", "b.example.org").text
        #expect(text.contains("\nrule\n") && text.contains("\nwhat would change it\n  - publicca auto-renew enable"))
        for unknown in ["d.example.org", "crt_zz", "dep_0"] {
            #expect(try await command.run("explain", unknown).status == 66)
        }
    }

    @Test func `a forecast is a chart, a document and a picture`() async throws {
        let command = try await home()
        let picture = command.file("forecast.svg")
        let drawn = try await command.run("forecast", "--weeks", "30", "--svg", picture.path)
        #expect(drawn.status == 0)
        let lines = drawn.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 && $0.allSatisfy(\.isASCII) })
        #expect(lines.count { $0.hasSuffix(" peak") } == 1 && lines.contains { $0.contains("#") })
        #expect(lines.first == "certificates: 2, renewed by themselves: 1")
        let told = try await command.json("forecast", "--weeks", "30")
        let weeks = try #require(told["weeks"] as? [[String: Any]])
        #expect(weeks.count == 30)
        #expect(weeks.compactMap { $0["orders"] as? Int }.reduce(0, +) >= 1)
        #expect(weeks.compactMap { $0["expiring"] as? Int }.reduce(0, +) == 1)
        #expect((told["whatIf"] as? [[String: Any]])?.map { $0["lifetimeDays"] as? Int } == [100, 47])
        let text = try String(contentsOf: picture, encoding: .utf8)
        #expect(text.hasPrefix("<?xml") && text.contains(">peak: ") && text.contains(">will expire</text>"))
    }

    @Test func `the picture is valid XML`() async throws {
        let command = try await home()
        let picture = command.file("forecast.svg")
        #expect(
            try await command.run("forecast", "--weeks", "104", "--svg", picture.path, "--account", "demo").status == 0)
        let checked = try await Program.tool("xmllint", ["--noout", picture.path])
        #expect(checked.status == 0, "\(checked.error)")
    }

    @Test func `what cannot be read is not passed over in silence`() async throws {
        let command = try await home()
        try await command.database("UPDATE certificates SET body = '{}' WHERE id = (SELECT max(id) FROM certificates)")
        let until = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 300 * 86400))
        for arguments in [["plan", "--until", until], ["forecast"]] {
            let ended = try await command.run(arguments)
            #expect(ended.status == 74 && ended.error.contains("is on record and cannot be read"), "\(ended.error)")
            #expect(ended.text.contains(arguments == ["forecast"] ? "certificates: 1," : "a.example.org"))
        }
    }

    @Test func `an empty home says what to do`() async throws {
        let command = try PublicCACommand()
        #expect(try await command.run("plan").text.hasPrefix("nothing yet; "))
        #expect(try await command.run("forecast").text.hasPrefix("nothing yet; "))
        #expect(try await command.json("forecast")["peak"] is NSNull)
    }
}
