// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Testing

@testable import Notifications

struct CommandTests {
    private func deliver(_ script: String, _ arguments: String..., means: (([String]) -> NoticeChannel.Means)? = nil)
        async throws
    {
        let command = ["/bin/sh", "-c", script, "sh"] + arguments
        let channel = Sample.channel(means?(command) ?? .command(command))
        try await Sample.notifications().deliver(Sample.notice("one\n$(touch nothing)"), to: channel)
    }

    private func withFile(_ work: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("notice-\(UUID().uuidString)")
        try await work(file.path)
        try FileManager.default.removeItem(at: file)
    }

    @Test func `a program reads the message from its standard input, and gets little else`() async throws {
        try await withFile { file in
            try await deliver(#"{ cat; echo; env | cut -d= -f1; } > "$1""#, file)
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            let message = try #require(lines.first)
            let document = try JSONSerialization.jsonObject(with: Data(message.utf8)) as? [String: Any]
            let events = try #require(document?["events"] as? [[String: Any]])
            #expect(events.map { $0["text"] as? String } == [#"one\u{a}$(touch nothing)"#])
            // A shell adds some of its own.
            #expect(Set(lines.dropFirst()).subtracting(["PWD", "OLDPWD", "SHLVL", "_"]) == ["PATH"])
        }
    }

    @Test func `mail goes to the program that sends it`() async throws {
        try await withFile { file in
            try await deliver(#"cat > "$1""#, file) { .mail(to: ["ops@example.org"], from: nil, command: $0) }
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.hasPrefix("To: ops@example.org\nSubject: [publicca] critical, 1 event: one"))
        }
    }

    @Test func `how a program ends tells whether the message was taken`() async throws {
        try await deliver("exit 0")
        await #expect(throws: DeliveryFailure("/bin/sh ended with 75: no \\u{1b}way")) {
            try await deliver(#"printf 'no \033way\nmore' >&2; exit 75"#)
        }
        let missing = Sample.channel(.command(["/nowhere/tell"]))
        let failure = await #expect(throws: DeliveryFailure.self) {
            try await Sample.notifications().deliver(Sample.notice("one"), to: missing)
        }
        #expect(failure?.mayPass == false)
    }
}
