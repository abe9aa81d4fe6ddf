// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// `publicca run`, and what it does by its configuration.
struct RunTests {
    @Test func `a bad configuration is told in full, and nothing is started`() async throws {
        let command = try await PublicCACommand.withAccount()
        try command.configure(
            """
            windows:
              - {from: "22:00", to: "22:00"}
            notifications:
              - {name: hook, webhook: "https://example.org/h", secret: env:NOT_SET_HERE}
            deployments:
              - {name: a, certificates: a.example.org, folder: /srv/tls}
              - {name: b, certificates: b.example.org, folder: /srv/tls/}
            inventry: {limit: 3}
            """)
        let problems = [
            "config.yaml:2: a window from a time to the same time never opens",
            "config.yaml:4: notifications.secret: environment variable NOT_SET_HERE is not set",
            "config.yaml:7: the deployments \"a\" and \"b\" share the path /srv/tls",
            "config.yaml:8: unknown key \"inventry\", did you mean inventory?",
        ]
        let ended = try await command.run("run")
        #expect(ended.status == 78 && ended.text == "")
        for problem in problems { #expect(ended.error.contains(problem), "\(ended.error)") }
        #expect(try await command.number("SELECT count(*) FROM work") == 0)
        let doctor = try await command.run("doctor")
        #expect(doctor.status == 78)
        for problem in problems { #expect(doctor.text.contains(problem), "\(doctor.text)") }
    }

    @Test func `what only the service needs does not keep a person from looking`() async throws {
        let command = try await PublicCACommand.withAccount()
        try command.configure("heartbeat: {url: env:NOT_SET_HERE}\n")
        #expect(try await command.run("status").status == 0)
        #expect(try await command.run("run", "--once").status == 78)
        let doctor = try await command.run("doctor")
        #expect(doctor.status == 78 && doctor.text.contains("NOT_SET_HERE") && doctor.text.contains("account demo"))
    }

    @Test func `a changed configuration is taken over, and a bad one changes nothing`() async throws {
        let command = try await PublicCACommand.withAccount()
        try command.configure("log: {level: notice}\n")
        let due = "SELECT due FROM work WHERE task = 'orders'"
        let ended = try await command.serving { process in
            let first = try await command.number(due)
            try command.configure("log: {level: loud}\nschedules: {orders: 1m}\nwindows: never\n")
            kill(process, SIGHUP)
            try await command.until { try command.said().contains("the configuration stays as it was") }
            #expect(try command.said().contains("config.yaml:1: log.level must be one of"))
            #expect(try command.said().contains("config.yaml:3: windows must be a list"))
            #expect(try await command.number(due) == first)
            try command.configure("log: {level: notice}\nschedules: {orders: 1m}\nmetrics: {port: 65500}\n")
            kill(process, SIGHUP)
            try await command.until { try await command.number(due) < first }
        }
        #expect(ended.status == 0 && !ended.wasKilled)
        let said = try command.said()
        #expect(said.contains(#""level":"notice","message":"the configuration was read anew""#), "\(said)")
        #expect(said.contains(#""level":"warning","message":"metrics have changed"#), "\(said)")
    }

    @Test func `a service that cannot listen has not been there`() async throws {
        let command = try await PublicCACommand.withAccount()
        try command.configure("metrics: {address: no.such.host.invalid, port: 9}\n")
        let ended = try await command.run("run")
        #expect(ended.status == 78 && ended.error.contains("metrics cannot be served"), "\(ended.error)")
        #expect(try await command.number("SELECT count(*) FROM work WHERE kind = 'alerts'") == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func `a reload that is asked for during the start ends nothing, and is done afterwards`() async throws {
        let command = try await PublicCACommand.withAccount()
        let configuration = command.home.appendingPathComponent("config.yaml")
        // The start stands still where it reads this, until somebody has written it.
        try #require(mkfifo(configuration.path, 0o600) == 0)
        let log = command.file("run.log")
        let ended = try await Program.run(
            "/bin/sh", ["-c", "exec \"$0\" run 2>\"$1\"", PublicCACommand.executable, log.path],
            environment: command.environment, folder: command.folder
        ) { process in
            do {
                var pipe: Int32 = -1
                try await command.until {
                    // Fails as long as nobody reads.
                    pipe = open(configuration.path, O_WRONLY | O_NONBLOCK)
                    return pipe >= 0
                }
                kill(process, SIGHUP)
                try FileManager.default.removeItem(at: configuration)
                try command.configure("log: {level: notice}\n")
                close(pipe)
                try await command.until { try command.said().contains("the configuration was read anew") }
            } catch {
                Issue.record(error)
            }
            kill(process, SIGTERM)
        }
        let said = try command.said()
        #expect(ended.status == 0 && !ended.wasKilled, "\(ended.status) \(said)")
    }

    @Test func `doctor looks at what the configuration needs here, and whether somebody is at work`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("a.example.org", profile: "Mock Endless").status == 3)
        try await command.database("UPDATE work SET due = 0")
        try command.configure(
            """
            windows: [{from: "00:00", to: "24:00"}]
            notifications:
              - {name: open, webhook: "http://example.org/h", secret: "file:\(command.home.path)/master.key"}
              - {name: near, webhook: "http://127.0.0.1/h", secret: "file:\(command.home.path)/master.key"}
            deployments:
              - {name: lost, certificates: [a.example.org, b.example.org], folder: "\(command.home.path)/config.yaml/tls"}
              - {name: fine, certificates: "*.example.org", folder: "\(command.folder.path)/tls/{name}"}
            """)
        let doctor = try await command.run("doctor")
        #expect(doctor.status == 78, "\(doctor.text)")
        for line in [
            "windows  ", "open, until", "nothing can be written below \(command.home.path)/config.yaml",
            "messages go to example.org unencrypted", "would take each other's place",
            "is due since 1970-01-01T00:00:00Z, and nobody does it",
        ] {
            #expect(doctor.text.contains(line), "\(doctor.text)")
        }
        #expect(!doctor.text.contains("notification near") && !doctor.text.contains("deployment fine"))
    }

    @Test func `the journal is checked from where it was pruned, and against what was exported`() async throws {
        let command = try await PublicCACommand.withAccount()
        let checkpoint = command.file("checkpoint.json")
        #expect(try await command.run("journal", "--checkpoint", checkpoint.path).status == 0)
        let written = try JSONSerialization.jsonObject(with: Data(contentsOf: checkpoint)) as? [String: Any]
        #expect(written?["sequence"] as? Int == 5 && (written?["hash"] as? String)?.count == 64)
        #expect(try await command.run("journal", "--checkpoint", checkpoint.path, "demo").status == 64)
        // As in two years, for whoever keeps a day.
        try command.configure("retention: {journal: 1s}\n")
        _ = try await command.serving()
        // A fast machine comes here within the second that is kept.
        let last = try await command.number("SELECT at FROM journal WHERE sequence = 5")
        try await command.until { Date().timeIntervalSince1970 * 1000 > Double(last + 1000) }
        try await command.database("UPDATE work SET due = 0 WHERE kind = 'host'")
        #expect(try await command.run("run", "--once").status == 0)
        #expect(try await command.number("SELECT min(sequence) FROM journal") == 6)
        let verified = try await command.json("journal", "--verify")
        #expect(verified["verified"] as? Bool == true && verified["pruned"] as? Int == 5)
        #expect(try await command.run("journal", "--checkpoint", checkpoint.path).status == 0)
        try await command.database("DELETE FROM journal WHERE sequence = (SELECT max(sequence) - 1 FROM journal)")
        #expect(try await command.run("journal", "--verify").status == 1)
    }
}
