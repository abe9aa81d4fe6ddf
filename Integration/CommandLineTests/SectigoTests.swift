// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// The command against a simulated SCM over HTTPS: what an operator does all day.
struct SectigoTests {
    @Test(arguments: SCMLogin.allCases)
    func `every operation works`(_ login: SCMLogin) async throws {
        try await withSCM(login, #"{"tls": true, "seed": 12}"#) { command, _ in
            func run(_ arguments: String..., status: Int32 = 0) async throws -> Program.Ended {
                let ended = try await command.run(arguments)
                #expect(ended.status == status, "\(arguments): \(ended.error)")
                return ended
            }
            _ = try await run("account", "verify", "scm")
            _ = try await run("account", "sync", "scm")
            for catalog in ["organizations", "domains", "profiles"] {
                #expect(try await command.items("catalog", catalog, "--account", "scm", "--refresh").count > 1)
            }
            #expect(try await command.json("order", "import", "--account", "scm")["new"] as? Int == 12)
            let names = ["--san", "www.example.com", "--wait"]
            #expect(try await command.orderAtSCM("shop.example.com", names[0], names[1], names[2]).status == 0)
            _ = try await run(
                "certificate", "reissue", "shop.example.com", "--san", "api.example.com", "--reason", "other name",
                "--wait")
            _ = try await run("certificate", "renew", "shop.example.com", "--wait")
            let newest = try await command.json("certificate", "show", "shop.example.com")
            #expect(
                Set(newest["subjectAlternativeNames"] as? [String] ?? []) == ["shop.example.com", "api.example.com"])
            _ = try await run(
                "certificate", "revoke", "shop.example.com", "--reason", "superseded", "--comments", "moved", "--yes")
            let orders = try await command.items("order", "list", "--name", "shop.example.com")
            #expect(orders.map { $0["state"] as? String } == ["completed", "completed", "completed"])
            // A reissue keeps the number, a renewal has its own.
            let references = orders.compactMap { $0["reference"] as? String }
            #expect(references[0] == references[1] && references[1] != references[2])
            #expect(try await command.orderAtSCM("wait.example.com", profile: "Approved OV").status == 3)
            #expect(try await run("order", "check", "wait.example.com", status: 3).text.contains("Requested"))
            _ = try await run("order", "cancel", "wait.example.com", "--comments", "not needed", "--yes")
            _ = try await run("certificate", "delete", "host-3.example.com", "--yes")
            #expect(try await command.json("order", "import", "--account", "scm")["deletedHere"] as? Int == 1)
        }
    }

    @Test func `existing orders come in, and a second import asks for the lists alone`() async throws {
        try await withSCM(.password, #"{"tls": true, "seed": 20}"#) { command, _ in
            let first = try await command.json("order", "import", "--account", "scm")
            #expect(first["new"] as? Int == 20)
            let second = try await command.json("order", "import", "--account", "scm")
            #expect(second["unchanged"] as? Int == 20 && second["changed"] as? Int == 0)
            #expect(second["calls"] as? Int ?? 99 <= 12)
        }
    }

    @Test func `names that SCM would refuse are refused before they are sent, all at once`() async throws {
        try await withSCM { command, simulator in
            let refused = try await command.orderAtSCM(
                "shop.example.edu", "--san", "x.example.net", "--san", "foo.other.org")
            #expect(refused.status == 64)
            for name in ["shop.example.edu", "x.example.net", "foo.other.org"] { #expect(refused.error.contains(name)) }
            #expect(try simulator.enrolments().count == 0)
        }
    }

    @Test func `an organization that is not validated and a domain that nobody may use are told before an order`()
        async throws
    {
        try await withSCM { command, simulator in
            let good = try await command.orderAtSCM("shop.example.com", "--dry-run")
            #expect(good.status == 0 && !good.error.contains("validat"), "\(good.error)")
            let change =
                #"{"organizations": [{"id": 100, "validated": false}], "domains": [{"id": 1, "delegations": []}]}"#
            _ = try simulator.control("POST", "world", change)
            let synced = try await command.run("catalog", "organizations", "--account", "scm", "--refresh")
            #expect(synced.status == 0 && synced.text.contains("PENDING"), "\(synced.error)")
            let warned = try await command.orderAtSCM("shop.example.com", "--dry-run")
            #expect(warned.status == 0, "\(warned.error)")
            #expect(warned.error.contains("organization \"Acme\" is not validated (PENDING)"), "\(warned.error)")
            // Of the two entries, the one with the star does not speak for the domain itself.
            let refused = try await command.orderAtSCM("example.com", "--term", "365", "--dry-run")
            #expect(refused.status == 64 && refused.error.contains("is not delegated to organization \"Acme\""))
            #expect(refused.error.contains("term 365 is not offered"), "\(refused.error)")
        }
    }

    @Test func `a wrong password and a wrong customer are told apart, and nothing is recorded`() async throws {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let command = try PublicCACommand(environment: ["PASSWORD": "canary-password"])
            let arguments = try command.adding(.password, at: simulator)
            let password = try await command.run(arguments)
            #expect(password.status == 77 && password.error.contains("this user with this password"))
            let customer = try await command.run(
                arguments.map { $0 == "customer-uri=acme" ? "customer-uri=nobody" : $0 },
                environment: ["PASSWORD": "master-password"])
            #expect(customer.status == 77 && customer.error.contains("customer URI"), "\(customer.error)")
            #expect(!(password.error + password.text).contains("canary"))
            #expect(try await command.items("account", "list").isEmpty)
        }
    }

    @Test func `a host that is not trusted is told as that, and its root may be named from where one is`() async throws
    {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let command = try PublicCACommand(environment: ["PASSWORD": "master-password"])
            let arguments = try command.adding(.password, at: simulator)
            let untrusted = try await command.run(
                "account", "add", "scm", "--provider", "sectigo", "--set", "address=\(simulator.address)/api", "--set",
                "user=master", "--set", "customer-uri=acme", "--secret", "password=env:PASSWORD")
            #expect(untrusted.status == 69 && untrusted.error.contains("not trusted"), "\(untrusted.error)")
            let added = try await command.run(
                arguments.map { $0.hasPrefix("extra-root=") ? "extra-root=root.pem" : $0 })
            #expect(added.status == 0, "\(added.error)")
            let settings = try await command.json("account", "show", "scm")["settings"] as? [String: String]
            let root = try #require(settings?["extra-root"])
            #expect(root.hasPrefix("/") && FileManager.default.fileExists(atPath: root))
        }
    }

    @Test(arguments: SCMLogin.allCases, ["", "/", "/api/"])
    func `an address may lack its end`(_ login: SCMLogin, _ end: String) async throws {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let command = try PublicCACommand(environment: ["PASSWORD": "master-password", "SECRET": "master-secret"])
            let address = "address=\(simulator.address)"
            let added = try await command.run(
                command.adding(login, at: simulator).map { $0 == address + "/api" ? address + end : $0 })
            #expect(added.status == 0, "\(added.error)")
            #expect(try await command.json("account", "show", "scm")["roles"] as? [String] == ["MRAO"])
        }
    }
}
