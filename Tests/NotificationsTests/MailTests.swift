// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Testing

@testable import Notifications

struct MailTests {
    private func mail(
        _ notice: Notice, to recipients: [String] = ["ops@example.org"], from sender: String? = nil
    ) -> MailMessage {
        MailMessage(
            notice, of: Sample.channel(.command([])), to: recipients, from: sender, host: "host one", at: Sample.start)
    }

    private func header(_ text: String) -> [String] {
        (text.components(separatedBy: "\n\n").first ?? "").components(separatedBy: "\n")
    }

    /// As Python's mail library reads it.
    private func read(_ mail: MailMessage) async throws -> [String: String] {
        let script = """
            import email, email.policy, json, sys
            message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            fields = {name: str(value) for name, value in message.items()}
            fields["body"] = message.get_content()
            fields["count"] = str(len(message.keys()))
            print(json.dumps(fields))
            """
        let printed = try await Python.run(script, input: Data(mail.text.utf8))
        return try JSONDecoder().decode([String: String].self, from: Data(printed.utf8))
    }

    @Test(.enabled(if: Python.isExpected)) func `a mail is read as it was meant`() async throws {
        var notice = Sample.notice("one is stuck")
        notice.events.append(Sample.event("two waits", .warning))
        notice.omitted = 3
        let fields = try await read(mail(notice, to: ["a@example.org", "b@example.org"], from: "ca@example.org"))
        #expect(fields["Subject"] == "[publicca] critical, 5 events: one is stuck")
        #expect(fields["From"] == "ca@example.org" && fields["To"] == "a@example.org, b@example.org")
        #expect(fields["Date"] == "Thu, 01 Jan 2026 00:00:00 +0000")
        #expect(fields["Message-ID"] == "<ops-1-3@host_one>")
        #expect(fields["Auto-Submitted"] == "auto-generated")
        let body = try #require(fields["body"])
        #expect(body.hasPrefix("critical:\n  2026-01-01T00:00:00Z  order.stuck\n    one is stuck\n"), "\(body)")
        #expect(body.contains("warning:\n") && body.contains("3 more are left out"))
    }

    @Test(.enabled(if: Python.isExpected)) func `characters of all kinds survive, in lines that are short enough`()
        async throws
    {
        let text = String(repeating: "Grüße aus 東京 👩‍👩‍👧‍👦 ", count: 12)
        let message = mail(Sample.notice(text))
        #expect(message.text.utf8.allSatisfy { $0 < 128 })
        #expect(message.text.components(separatedBy: "\n").allSatisfy { $0.count <= 78 })
        let fields = try await read(message)
        #expect(fields["Subject"] == message.subject)
        #expect(fields["body"]?.contains(text.forMessages) == true)
    }

    @Test(
        .enabled(if: Python.isExpected),
        arguments: [
            "x\nBcc: thief@example.org", "x\r\nBcc: thief@example.org\r\n\r\nbody", "x\u{2028}Bcc: thief@example.org",
            "x\u{0}\u{b}\u{c}\u{85}Bcc: thief@example.org",
        ])
    func `nothing that a CA or a configuration says begins a header`(_ text: String) async throws {
        var notice = Sample.notice()
        // Past the rule that escapes it on its way from the journal.
        notice.events = [
            NoticeEvent(at: Sample.start, kind: text, severity: .critical, subject: text, name: text, text: text)
        ]
        notice.id = text
        let message = mail(notice, to: ["ops@example.org\(text)"], from: "ca@example.org\(text)")
        let names = header(message.text).filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding", "Auto-Submitted",
            ])
        let fields = try await read(message)
        #expect(fields["Bcc"] == nil && fields["count"] == "9")
    }

    @Test func `what is over says so`() {
        var notice = Sample.notice("one is stuck")
        notice.events[0].isOver = true
        #expect(mail(notice).subject == "[publicca] critical, 1 event: over: one is stuck")
    }
}
