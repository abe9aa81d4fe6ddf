// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import LifecycleModel

struct NoticeBatchTests {
    private static let start = Date(timeIntervalSince1970: 1_767_225_600)

    private func line(
        _ sequence: Int, _ kind: String, _ event: String, detail: String = "because", after seconds: Double = 0
    ) -> JournalEntry {
        var entry = JournalEntry(
            at: Self.start.addingTimeInterval(seconds), subject: Subject(kind: kind, id: "\(kind)_\(sequence)"),
            name: "www.example.org", event: event, detail: detail, actor: .run)
        entry.sequence = sequence
        return entry
    }

    private func channel(_ severity: Severity = .info, events: Set<String> = []) -> NoticeChannel {
        var channel = NoticeChannel(name: "ops", means: .command(["tell"]))
        channel.severity = severity
        channel.events = events
        return channel
    }

    private func kinds(_ channel: NoticeChannel) -> [String] {
        var batch = NoticeBatch(after: 0, for: channel)
        batch.add([
            line(1, "order", "drafted"), line(2, "order", "completed"), line(3, "order", "rejected"),
            line(4, "order", "stuck"), line(5, "alert", "alert", detail: "critical: ord_4 is stuck"),
            line(6, "certificate", "revoked"), line(7, "revocation", "revoked"), line(8, "account", "paused"),
        ])
        #expect(batch.through == 8)
        return batch.notice(at: Self.start).events.map(\.kind)
    }

    @Test func `a channel tells what it was asked for, and nothing twice`() {
        #expect(
            kinds(channel()) == [
                "certificate.issued", "order.rejected", "alert_5", "certificate.revokedElsewhere",
                "certificate.revoked",
            ])
        #expect(kinds(channel(.warning)) == ["order.rejected", "alert_5", "certificate.revokedElsewhere"])
        #expect(kinds(channel(.critical)) == ["alert_5"])
        #expect(kinds(channel(events: ["order"])) == ["order.rejected"])
        #expect(kinds(channel(events: ["certificate.revoked"])) == ["certificate.revoked"])
    }

    @Test func `a message waits for what belongs to it, and is called after its lines`() {
        var batch = NoticeBatch(after: 4, for: channel())
        #expect(batch.ripeAt == nil)
        batch.add([line(5, "order", "drafted"), line(6, "order", "completed", after: 10)])
        #expect(batch.ripeAt == Self.start.addingTimeInterval(70))
        batch.add([line(7, "order", "completed", after: 30)])
        batch.pass(over: 8)
        #expect(batch.ripeAt == Self.start.addingTimeInterval(70))
        #expect(batch.notice(at: Self.start).id == "ops-5-8")
        #expect(batch.notice(at: Self.start).events.count == 2)
    }

    @Test func `of too many events the ones that matter least are counted only`() {
        var batch = NoticeBatch(after: 0, for: channel())
        for number in 1...300 {
            batch.add([line(number, "order", number % 3 == 0 ? "rejected" : "completed")])
        }
        let notice = batch.notice(at: Self.start)
        #expect(notice.events.count == 100 && notice.omitted == 200)
        #expect(notice.events.allSatisfy { $0.severity == .warning })
        #expect(notice.events.first?.subject == "order_3" && notice.events.last?.subject == "order_300")
    }

    @Test(arguments: [
        ("two\nlines", "two\\u{a}lines"), ("\u{1b}[2J", "\\u{1b}[2J"), ("a\u{202e}b", "a\\u{202e}b"),
        ("Grüße — 漢字", "Grüße — 漢字"), (String(repeating: "x", count: 501), String(repeating: "x", count: 500) + "…"),
    ])
    func `texts of others are cut, and move nothing`(_ text: String, _ shown: String) {
        #expect(text.forMessages == shown)
    }
}
