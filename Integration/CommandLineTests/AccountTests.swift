// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct AccountTests {
    @Test func `a wrong password is refused when the account is added, and nothing is recorded`() async throws {
        let command = try PublicCACommand(environment: ["MOCK": "wrong-secret"])
        let ended = try await command.run(
            "account", "add", "demo", "--provider", "mock", "--secret", "password=env:MOCK")
        #expect(ended.status == 77, "\(ended.error)")
        #expect(!ended.error.contains("wrong-secret"))
        #expect(try await command.items("account", "list").isEmpty)
    }

    @Test func `a password that stops working pauses the account, and a new one goes on`() async throws {
        let command = try await PublicCACommand.withAccount(
            "--secret", "password=env:MOCK", environment: ["MOCK": "mock"])
        let wrong = try await command.run(
            ["order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org"],
            environment: ["MOCK": "changed"])
        #expect(wrong.status == 77, "\(wrong.error)")
        #expect(wrong.error.contains("account demo is paused"))
        #expect(wrong.error.contains("account set demo --secret"))
        let status = try await command.json("status")
        let attention = try #require(status["attention"] as? [[String: Any]])
        #expect(attention.contains { ($0["what"] as? String)?.contains("account demo is paused") == true })
        #expect(try await command.run("status").text.hasPrefix("needs a person:"))

        // Resuming without mending asks the CA once more, and pauses again.
        #expect(try await command.run("account", "resume", "demo").status == 0)
        let still = try await command.run(["order", "check", "--all"], environment: ["MOCK": "changed"])
        #expect(still.status == 77, "\(still.error)")
        let refused = try await command.run(
            ["account", "set", "demo", "--secret", "password=env:MOCK"], environment: ["MOCK": "changed"])
        #expect(refused.status == 77)

        try Data("mock\n".utf8).write(to: command.file("password"))
        let mended = try await command.run(
            "account", "set", "demo", "--secret", "password=file:\(command.file("password").path)")
        #expect(mended.status == 0, "\(mended.error)")
        #expect(try await command.run("run", "--until-idle").status == 0)
        let order = try await command.json("order", "show", "www.example.org")
        #expect(order["state"] as? String == "completed")
        #expect(order["attempts"] as? Int == 1)
    }

    @Test func `a secret from standard input is kept sealed, and shown nowhere`() async throws {
        let command = try PublicCACommand()
        let added = try await command.run(
            "account", "add", "demo", "--provider", "mock", "--secret", "password=-", input: "mock\n")
        #expect(added.status == 0, "\(added.error)")
        #expect(try await command.order("www.example.org").status == 0)
        let wrong = try await command.run(
            "account", "set", "demo", "--secret", "password=-", input: "canary-secret\n")
        #expect(wrong.status == 77)
        for arguments in [["account", "show", "demo"], ["journal"], ["account", "list", "--json"]] {
            #expect(!(try await command.run(arguments).text.contains("canary-secret")))
        }
    }

    @Test func `a pause by a person lets orders wait`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.run("account", "pause", "demo").status == 0)
        let waiting = try await command.order("www.example.org")
        #expect(waiting.status == 3, "\(waiting.error)")
        #expect(waiting.error.contains("account resume demo"))
        #expect(try await command.run("account", "resume", "demo").status == 0)
        #expect(try await command.run("order", "check", "www.example.org").status == 0)
    }

    @Test func `unknown settings are refused, and catalogs are read again`() async throws {
        let command = try await PublicCACommand.withAccount()
        let unknown = try await command.run("account", "set", "demo", "--set", "colour=red")
        #expect(unknown.status == 64)
        #expect(unknown.error.contains("no setting colour"))
        for nonsense in ["write-deadline=0", "write-deadline=2h", "settle-time=-1", "settle-time=soon"] {
            #expect(try await command.run("account", "set", "demo", "--set", nonsense).status == 64, "\(nonsense)")
        }
        #expect(try await command.run("account", "set", "demo").status == 64)
        #expect(try await command.run("account", "add", "demo", "--provider", "mock").status == 64)
        #expect(try await command.run("account", "sync", "demo").status == 0)
        #expect(try await command.items("catalog", "profiles", "--account", "demo", "--refresh").count > 5)
        #expect(try await command.run("doctor").status == 0)
    }

    @Test func `the promises of a provider are tried against an account in use, and nothing is changed`() async throws {
        let command = try await PublicCACommand.withAccount()
        let before = try await command.items("journal").count
        let rows = try await command.items("account", "verify", "demo", "--contract")
        #expect(rows.count > 10)
        #expect(rows.allSatisfy { $0["result"] as? String != "broken" })
        #expect(rows.contains { $0["result"] as? String == "kept" })
        #expect(try await command.items("journal").count == before)
        #expect(try await command.run("account", "set", "demo", "--set", "mischief=transient-reads").status == 0)
        let broken = try await command.run("account", "verify", "demo", "--contract")
        #expect(broken.status == 1)
        #expect(broken.text.contains("broken") && broken.error.contains("breaks"))
    }

    @Test func `an account with an unfinished order is not removed`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org", profile: "Mock Endless").status == 3)
        #expect(try await command.run("account", "remove", "demo", "--yes").status == 1)
        #expect(try await command.run("order", "cancel", "www.example.org", "--yes").status == 0)
        #expect(try await command.run("account", "remove", "demo", "--yes").status == 0)
        #expect(try await command.items("order", "list").count == 1)
    }

    @Test func `a mock account that is removed and added again is at another CA, and orders there`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.run("order", "import", "--account", "demo", "--state", "issued").status == 0)
        #expect(try await command.order("www.example.org").status == 0)
        #expect(try await command.run("account", "remove", "demo", "--yes").status == 0)
        #expect(try await command.run("account", "add", "demo", "--provider", "mock").status == 0)
        // The first CA is gone with what it issued.
        let revoking = ["certificate", "revoke", "www.example.org", "--reason", "superseded", "--comments", "moved"]
        #expect(try await command.run(revoking + ["--yes"]).status != 0)
        #expect(try await command.order("api.example.org").status == 0)
        let imported = try await command.run("order", "import", "--account", "demo")
        #expect(imported.status == 0, "\(imported.error)")
        let orders = try await command.items("order", "list")
        #expect(orders.allSatisfy { !["stuck", "submitting"].contains($0["state"] as? String) }, "\(orders)")
        #expect(orders.count == 8)
    }
}
