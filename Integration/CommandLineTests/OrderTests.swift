// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct OrderTests {
    @Test func `a pending order ends with 3 until the CA has issued`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org", profile: "Mock OV").status == 3)
        #expect(try await command.run("order", "check", "www.example.org").status == 3)
        let order = try await command.json("order", "show", "www.example.org")
        #expect(order["state"] as? String == "placed")
        #expect(order["nextStep"] as? String == "poll")
        #expect(order["nextDueAt"] is String)
        #expect(try await command.run("order", "check", "--all", "--account", "demo").status == 3)
        #expect(try await command.run("order", "check", "www.example.org").status == 0)
        #expect(try await command.run("order", "check", "--all").text.hasPrefix("nothing yet"))
    }

    @Test func `a name leads to the order that succeeds another, and asks which where one does not`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org", "--wait", "60", profile: "Mock OV").status == 0)
        let renewal = try await command.json("certificate", "renew", "www.example.org", exit: 3)
        let shown = try await command.json("order", "show", "www.example.org")
        #expect(shown["id"] as? String == renewal["id"] as? String)

        let id = try #require(renewal["id"] as? String)
        #expect(try await command.run("order", "cancel", id, "--yes").status == 0)
        #expect(try await command.order("www.example.org", profile: "Mock Endless").status == 3)
        for action in [["show", "www.example.org"], ["cancel", "www.example.org", "--yes"]] {
            let refused = try await command.run(["order"] + action)
            #expect(refused.status == 64 && refused.error.contains("no single live order"), "\(refused.error)")
            #expect(refused.error.contains("(completed)") && refused.error.contains("(placed)"), "\(refused.error)")
        }
        #expect(try await command.items("order", "list", "--state", "placed").count == 1)
    }

    @Test func `waiting ends by itself`() async throws {
        let command = try await PublicCACommand.withAccount()
        let ended = try await command.order("www.example.org", "--wait", "1", profile: "Mock Endless")
        #expect(ended.status == 3)
        #expect(ended.text.contains("publicca order check"))
        let quiet = try await command.order("quiet.example.org", "--wait=2", "--quiet", profile: "Mock Endless")
        #expect(quiet.status == 3)
        #expect(quiet.error.isEmpty)
    }

    @Test func `Ctrl-C stops watching and not the work`() async throws {
        let command = try await PublicCACommand.withAccount()
        let ended = try await command.run(
            [
                "order", "create", "--account", "demo", "--profile", "Mock Endless", "--name", "www.example.org",
                "--key", "ec-p256", "--wait",
            ]
        ) { process in
            // As soon as the order is on record and asked for, somebody loses patience.
            await command.untilPlaced()
            kill(process, SIGINT)
        }
        #expect(!ended.wasKilled)
        #expect(ended.status == 3, "\(ended.error)")
        #expect(ended.error.contains("stays recorded"))
        #expect(try await command.run("order", "cancel", "www.example.org", "--yes").status == 0)
    }

    @Test func `a refused order ends with 1 and says why`() async throws {
        let command = try await PublicCACommand.withAccount()
        let ended = try await command.order("www.example.org", profile: "Mock Rejected")
        #expect(ended.status == 1)
        #expect(ended.error.contains("the CA refused the order"))
        let order = try #require(try await command.items("order", "list", "--state", "rejected").first)
        let id = try #require(order["id"] as? String)
        #expect(try await command.run("order", "delete", id, "--yes").status == 0)
        #expect(try await command.run("order", "show", id).status == 66)
        #expect(try await command.run("journal", id).text.contains("deleted"))
    }

    @Test func `the same order key orders once`() async throws {
        let command = try await PublicCACommand.withAccount()
        let arguments = ["www.example.org", "--order-key", "ticket-7", "--json"]
        let first = try await command.order(arguments[0], arguments[1], arguments[2], arguments[3])
        let second = try await command.order(arguments[0], arguments[1], arguments[2], arguments[3])
        #expect(first.status == 0 && second.status == 0)
        #expect(first.output == second.output)
        #expect(try await command.items("order", "list").count == 1)
        let other = try await command.order("other.example.org", "--order-key", "ticket-7")
        #expect(other.status == 64)
        #expect(other.error.contains("ticket-7"))
    }

    @Test func `a lost reply leads to one order`() async throws {
        let command = try await PublicCACommand.withAccount("--set", "settle-time=1s", "--set", "mischief=lost-reply:1")
        let before = try await command.json("order", "import", "--account", "demo", "--dry-run")
        let ended = try await command.order("www.example.org", "--wait", "60")
        #expect(ended.status == 0, "\(ended.text) \(ended.error)")
        let after = try await command.json("order", "import", "--account", "demo", "--dry-run")
        #expect(after["listed"] as? Int == (before["listed"] as? Int ?? 0) + 1)
        #expect(try await command.json("order", "show", "www.example.org")["attempts"] as? Int == 1)
    }

    @Test func `a dry run orders nothing`() async throws {
        let command = try await PublicCACommand.withAccount()
        let draft = try await command.json(
            "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "WWW.Example.org.", "--san",
            "bücher.example", "--dry-run")
        #expect(draft["subjectAlternativeNames"] as? [String] == ["www.example.org", "xn--bcher-kva.example"])
        #expect(draft["term"] as? Int == 199)
        #expect(try await command.items("order", "list").isEmpty)
    }

    @Test func `ids work by their beginning, names where one live thing bears them`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        #expect(try await command.order("www.example.org").status == 0)
        let ids = try await command.items("certificate", "list").compactMap { $0["id"] as? String }
        let both = try await command.run("certificate", "show", "www.example.org")
        #expect(both.status == 64)
        for id in ids { #expect(both.error.contains(id)) }
        #expect(try await command.run("certificate", "show", "crt_").status == 64)
        let first = try #require(ids.first)
        let beginning = String(first.dropLast(3))
        #expect(try await command.json("certificate", "show", beginning)["id"] as? String == first)
        #expect(try await command.run("order", "show", first).error.contains("is a certificate"))
    }

    @Test func `a wildcard is a name and no pattern where one thing is asked for`() async throws {
        let command = try await PublicCACommand.withAccount()
        for name in ["a.example.org", "*.example.org", "b.example.org"] {
            #expect(try await command.order(name).status == 0)
        }
        let shown = try await command.json("certificate", "show", "*.example.org")
        #expect(shown["commonName"] as? String == "*.example.org")
        #expect(try await command.json("order", "show", "*.example.org")["commonName"] as? String == "*.example.org")
        #expect(try await command.items("order", "list", "--name", "*.example.org").count == 3)
    }

    @Test func `an unfinished successor is returned and not ordered again`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org", profile: "Mock DV").status == 0)
        #expect(try await command.run("account", "pause", "demo").status == 0)
        let first = try await command.json("certificate", "renew", "www.example.org", exit: 3)
        let second = try await command.json("certificate", "renew", "www.example.org", exit: 3)
        let third = try await command.json("certificate", "reissue", "www.example.org", "--reason", "names", exit: 3)
        #expect(first["id"] as? String == second["id"] as? String)
        #expect(first["id"] as? String == third["id"] as? String)
        // Its name now means the one under way, though the first order's certificate is in force.
        let named = try await command.json("order", "show", "www.example.org")
        #expect(named["id"] as? String == first["id"] as? String)
    }

    @Test func `a long list is continued where it ended`() async throws {
        let command = try await PublicCACommand.withAccount()
        for number in 1...3 { #expect(try await command.order("n\(number).example.org").status == 0) }
        let first = try await command.json("order", "list", "--limit", "2")
        let cursor = try #require(first["next"] as? String)
        let rest = try await command.items("order", "list", "--after", cursor)
        #expect(rest.map { $0["commonName"] as? String } == ["n3.example.org"])
        #expect(try await command.run("order", "list", "--after", "somewhere").status == 64)
        #expect(try await command.run("certificate", "list", "--after", cursor).status == 64)
    }
}
