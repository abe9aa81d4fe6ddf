// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// `docs/Sectigo.md`, typed by a shell from top to bottom.
struct SectigoGuideTests {
    @Test func `every command of the guide prints what the guide shows`() async throws {
        // The guide makes a key and a request with it; without it this test is skipped.
        _ = try await Program.tool("openssl", ["version"])
        let guide = try SectigoGuide.ours()
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true, "seed": 50}"#)) { simulator in
            let command = try PublicCACommand(environment: [
                "SCM_ADDRESS": simulator.address, "SCM_PASSWORD": "master-password",
                "SCM_CLIENT_SECRET": "master-secret", "KEYSTORE_PASSWORD": "correct-horse",
            ])
            try Self.writeFiles(of: simulator, into: command.file("scm"))
            for step in guide.steps {
                switch step {
                case .event(let method, let name, let json): try simulator.control(method, name, json)
                case .command(let typed):
                    let ended = try await command.shell(typed.text)
                    let place = "docs/Sectigo.md:\(typed.line): \(typed.text)"
                    #expect(ended.status == typed.exit, "\(place)\n\(ended.text)")
                    if let difference = typed.difference(from: ended.text) { Issue.record("\(place)\n\(difference)") }
                }
            }
        }
    }

    /// As `scm-simulator --files` does.
    private static func writeFiles(of simulator: SCMSimulator, into folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let client = try #require(simulator.clientCertificate(login: "master"))
        let files = [
            "root.pem": simulator.rootCertificate, "master.pem": client.certificate, "master-key.pem": client.key,
        ]
        for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    }

    @Test func `every group of commands is tried`() throws {
        let text = try SectigoGuide.ours().steps.map { step in
            if case .command(let command) = step { "\(command.text.prefix { $0 != "\n" })" } else { "" }
        }
        for group in ["account", "catalog", "order", "certificate", "journal", "status", "doctor"] {
            #expect(text.contains { $0.hasPrefix("publicca \(group)") }, "\(group)")
        }
    }

    @Test func `commands that are not run are examples on purpose`() throws {
        #expect(
            try SectigoGuide.ours().examples == [
                "publicca account set scm --secret password=prompt", "0 3 * * 1  publicca account sync scm --quiet",
                "publicca run", "publicca run --until-idle", "publicca certificate list --expires-within 30 --json",
            ])
    }

    private static let sample = SectigoGuide(
        """
        <!-- at SCM: POST approve {"id": 7} -->
        ```sh
        $ not run
        publicca status
        ```
        Type `publicca run` or `publicca status --json`.
        ```console
        $ one \\
            more
        ID     STATE
        ord_…  placed
        (exit 3)
        $ two
        ```
        """)

    @Test func `commands, output, exit codes and events are read`() throws {
        #expect(Self.sample.steps.count == 3)
        #expect(Self.sample.examples == ["publicca status", "publicca run", "publicca status --json"])
        guard case .event("POST", "approve", #"{"id": 7}"#) = Self.sample.steps[0],
            case .command(let first) = Self.sample.steps[1], case .command(let second) = Self.sample.steps[2]
        else {
            Issue.record("\(Self.sample.steps)")
            return
        }
        #expect(first.text == "one \\\n    more" && first.line == 8 && first.exit == 3)
        #expect(first.printed == ["ID     STATE", "ord_…  placed"])
        #expect(second.text == "two" && second.printed.isEmpty && second.exit == 0)
    }

    @Test(arguments: [
        ("ID        STATE\nord_4711  placed\n", true),
        ("ID        STATE\na.example.org: placed (1 s, 299 s left to wait)\nord_4711  placed\n", true),
        ("ID        STATE\nord_4711  issued\n", false), ("ID        STATE\nord_      placed\n", false),
        ("ID        STATE\nord_4711  placed\nord_4712  placed\n", false), ("ID        STATE\n", false), ("", false),
    ])
    func `what differs from the guide is told`(_ output: String, _ isShown: Bool) throws {
        guard case .command(let command) = Self.sample.steps[1] else {
            Issue.record("\(Self.sample.steps)")
            return
        }
        #expect((command.difference(from: output) == nil) == isShown)
    }
}
