// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Accounts that a person has to mend first: paused ones, and those that this host cannot open.
struct HeldBackTests {
    private static let secret = ["PWX": "mock"]
    /// The secret's variable, as good as not set.
    private static let unset = ["PWX": ""]

    private func withSecret() async throws -> PublicCACommand {
        let command = try PublicCACommand()
        let added = try await command.run(
            ["account", "add", "demo", "--provider", "mock", "--secret", "password=env:PWX"], environment: Self.secret)
        try #require(added.status == 0, "\(added.error)")
        return command
    }

    private static let create = [
        "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org", "--key", "ec-p256",
    ]

    private func errors(_ ended: Program.Ended) throws -> [[String: Any]] {
        try ended.error.split(separator: "\n").compactMap {
            (try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["error"] as? [String: Any]
        }
    }

    @Test func `an order whose account cannot be opened here is recorded, and ends with 78 in one line`() async throws {
        let command = try await withSecret()
        let ended = try await command.run(Self.create, environment: Self.unset)
        #expect(ended.status == 78, "\(ended.error)")
        #expect(ended.error.split(separator: "\n").count == 1, "\(ended.error)")
        #expect(ended.error.hasPrefix("error: ") && ended.error.contains("PWX"))
        #expect(ended.error.contains("stays recorded"))
        #expect(try await command.items("order", "list", "--state", "drafted").count == 1)
        let json = try await command.run(["order", "check", "--all", "--json"], environment: Self.unset)
        #expect(json.status == 78)
        #expect(try errors(json).map { $0["code"] as? String } == ["configuration"], "\(json.error)")
        // Nothing was put off: as soon as the secret is there, it goes on.
        #expect(try await command.run(["run", "--once"], environment: Self.secret).status == 0)
        #expect(try await command.json("order", "show", "www.example.org")["state"] as? String == "completed")
        let completed = try await command.run(["order", "check", "www.example.org"], environment: Self.unset)
        #expect(completed.status == 0 && completed.text.contains("is here"))
    }

    @Test(arguments: [
        ["account", "sync", "demo"], ["catalog", "profiles", "--account", "demo", "--refresh"],
        ["order", "import", "--account", "demo"], ["order", "import", "--account", "demo", "--reference", "1"],
        ["order", "import", "--account", "demo", "--dry-run"], ["account", "verify", "demo"],
    ])
    func `what asks the CA ends with 78 at once where the secret is missing`(_ arguments: [String]) async throws {
        let command = try await withSecret()
        let ended = try await command.run(arguments, environment: Self.unset)
        #expect(ended.status == 78, "\(ended.error)")
        #expect(ended.error.contains("PWX") && ended.error.split(separator: "\n").count == 1, "\(ended.error)")
    }

    @Test func `running until idle does not wait for what this host cannot open, and status tells of it`() async throws
    {
        let command = try await withSecret()
        #expect(try await command.run(Self.create, environment: Self.unset).status == 78)
        let ended = try await command.run(["run", "--until-idle", "--json"], environment: Self.unset)
        #expect(ended.status == 0)
        let document = try JSONSerialization.jsonObject(with: ended.output) as? [String: Any]
        #expect(document?["heldBack"] as? [String] == ["demo"])
        #expect(ended.error.contains("warning: ") && ended.error.contains("waits"), "\(ended.error)")
        let status = try await command.run(["status"], environment: Self.unset)
        #expect(status.text.hasPrefix("needs a person:") && status.text.contains("PWX"))
        #expect(status.text.contains("publicca account set demo --secret"))
        #expect(try await command.run(["status"], environment: Self.secret).text.hasPrefix("nothing needs a person"))
    }

    @Test func `one refused account does not keep the orders of another from being checked`() async throws {
        let command = try PublicCACommand(environment: Self.secret)
        for name in ["bad", "good"] {
            let added = try await command.run(
                "account", "add", name, "--provider", "mock", "--secret", "password=env:PWX")
            try #require(added.status == 0, "\(added.error)")
        }
        for (account, name) in [("bad", "a"), ("bad", "b"), ("good", "c")] {
            let placed = try await command.run(
                "order", "create", "--account", account, "--profile", "Mock OV", "--key", "ec-p256", "--name",
                "\(name).example.org")
            #expect(placed.status == 3)
        }
        try await command.database("update accounts set body = replace(body, 'PWX', 'PWY') where name = 'bad'")
        let refused = try await command.run(
            ["order", "check", "--all", "--json"], environment: ["PWY": "changed"])
        #expect(refused.status == 77, "\(refused.error)")
        #expect(try errors(refused).count == 1, "\(refused.error)")
        let document = try JSONSerialization.jsonObject(with: refused.output) as? [String: Any]
        #expect((document?["items"] as? [Any])?.count == 3)
        for _ in 1...2 {
            #expect(try await command.run("order", "check", "a.example.org", "c.example.org").status == 77)
        }
        #expect(try await command.json("order", "show", "c.example.org")["state"] as? String == "completed")
    }

    @Test func `a pause by a person is 3 where something is on its way, and 1 where nothing is`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.run("account", "pause", "demo").status == 0)
        let cases: [([String], Int32)] = [
            (Self.create, 3), (["order", "check", "www.example.org"], 3), (["order", "check", "--all"], 3),
            (["order", "import", "--account", "demo"], 3), (["account", "sync", "demo"], 1),
            (["catalog", "profiles", "--account", "demo", "--refresh"], 1),
            (["order", "import", "--account", "demo", "--dry-run"], 1),
        ]
        for (arguments, status) in cases {
            let ended = try await command.run(arguments)
            #expect(ended.status == status, "\(arguments): \(ended.error)")
            #expect(ended.error.contains("account demo is paused: "), "\(arguments): \(ended.error)")
            #expect(ended.error.contains("publicca account resume demo"), "\(arguments): \(ended.error)")
        }
        let once = try await command.run("run", "--once")
        #expect(once.status == 0 && once.error.contains("account demo is paused"), "\(once.error)")
    }

    @Test func `a refused account is not asked again by commands that only look`() async throws {
        let command = try await PublicCACommand.withAccount("--set", "mischief=account-refused:0")
        try await command.database(
            "update accounts set body = replace(body, 'account-refused:0', 'account-refused:1')")
        #expect(try await command.run(Self.create).status == 77)
        // The CA would accept the next call: whoever asks anyway is found out.
        let doctor = try await command.run("doctor")
        #expect(doctor.status == 77 && doctor.text.contains("the CA was not asked"), "\(doctor.text)")
        let preview = try await command.run("order", "import", "--account", "demo", "--dry-run")
        #expect(preview.status == 77, "\(preview.error)")
        let status = try await command.run("status")
        #expect(status.text.contains("account set demo --secret KEY=SOURCE, or publicca account resume demo"))
        #expect(try await command.run("account", "verify", "demo").status == 0)
    }
}
