// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import LifecycleModel

struct AlertChangesTests {
    private static let start = Date(timeIntervalSince1970: 1_767_225_600)

    /// Alerts as they stand on record, and all lines so far.
    private struct Board {
        var records: [AlertRecord] = []
        var lines: [String] = []

        /// Sees so many minutes after the start what is there.
        mutating func see(_ attention: [Attention], after minutes: Double) {
            let changes = AlertChanges(from: records, to: attention, at: start.addingTimeInterval(minutes * 60))
            records.removeAll { record in (changes.puts + changes.deletes).contains { $0.key == record.key } }
            records += changes.puts
            lines += changes.lines.map { "\($0.event) \($0.key) \($0.severity)" }
        }
    }

    private func stuck(_ severity: Severity = .critical, what: String = "stuck") -> Attention {
        Attention(.orderStuck, severity: severity, subject: "ord_1", name: "www.example.org", what: what, hint: "look")
    }

    @Test func `a beginning is told once, and an end once`() {
        var board = Board()
        for minute in 0..<90 { board.see([stuck(what: "stuck for \(minute) minutes")], after: Double(minute)) }
        #expect(board.lines == ["alert order.stuck:ord_1 critical"])
        #expect(board.records.map(\.what) == ["stuck for 89 minutes"])
        #expect(board.records.map(\.since) == [Self.start])
        board.see([], after: 90)
        board.see([], after: 91)
        #expect(board.lines == ["alert order.stuck:ord_1 critical", "alertOver order.stuck:ord_1 critical"])
        #expect(board.records.isEmpty)
    }

    @Test func `what comes and goes each minute is told once an hour`() {
        var board = Board()
        for minute in 0..<180 { board.see(minute % 2 == 0 ? [stuck()] : [], after: Double(minute)) }
        #expect(board.lines.count { $0.hasPrefix("alert ") } == 3)
        #expect(board.lines.count { $0.hasPrefix("alertOver ") } == 3)
    }

    @Test func `what is back after a minute and stays is told after the hour`() {
        var board = Board()
        board.see([stuck()], after: 0)
        board.see([], after: 1)
        for minute in 2..<60 { board.see([stuck()], after: Double(minute)) }
        #expect(board.lines.count == 2)
        board.see([stuck()], after: 60)
        #expect(board.lines.count == 3 && board.records.map(\.endedAt) == [nil])
    }

    @Test func `more weight is told at once, less only after an hour`() {
        var board = Board()
        board.see([stuck(.warning)], after: 0)
        board.see([stuck(.critical)], after: 1)
        board.see([stuck(.warning)], after: 2)
        #expect(board.lines == ["alert order.stuck:ord_1 warning", "alert order.stuck:ord_1 critical"])
        board.see([stuck(.warning)], after: 61)
        #expect(board.lines.last == "alert order.stuck:ord_1 warning" && board.lines.count == 3)
    }

    @Test func `an end within the hour leaves a memory, which goes`() {
        var board = Board()
        board.see([stuck()], after: 0)
        board.see([], after: 5)
        #expect(board.records.map(\.endedAt) == [Self.start.addingTimeInterval(300)])
        board.see([], after: 59)
        #expect(board.records.count == 1)
        board.see([], after: 60)
        #expect(board.records.isEmpty && board.lines.count == 2)
    }

    private func late(_ id: Int, of account: String? = "main") -> Attention {
        Attention(.renewalLate, subject: "crt_\(id)", what: "late", hint: "look", account: account)
    }

    @Test(arguments: [Attention.Kind.accountPaused, .accountClosed, .accountUnreachable], ["main", nil])
    func `what waits for an account is not over while that cannot be asked`(
        _ kind: Attention.Kind, _ account: String?
    ) {
        var board = Board()
        let obstacle = Attention(kind, subject: "main", what: "no", hint: "mend it")
        board.see([late(1, of: account), late(2, of: account), stuck()], after: 0)
        for hour in 1...4 { board.see([obstacle], after: Double(hour) * 60) }
        #expect(board.lines.filter { $0.hasPrefix("alertOver") } == ["alertOver order.stuck:ord_1 critical"])
        // Afterwards it shows what became of it.
        board.see([late(1, of: account)], after: 300)
        let ends = board.lines.filter { $0.hasPrefix("alertOver") }
        #expect(ends.contains("alertOver renewal.late:crt_2 warning"))
        #expect(!ends.contains("alertOver renewal.late:crt_1 warning"))
        #expect(board.lines.count { $0 == "alert renewal.late:crt_1 warning" } == 1)
    }

    @Test func `what waits for one account is over while another one cannot be asked`() {
        var board = Board()
        board.see([late(1)], after: 0)
        board.see([Attention(.accountPaused, subject: "other", what: "no", hint: "mend it")], after: 1)
        #expect(board.lines.contains("alertOver renewal.late:crt_1 warning"))
    }

    @Test func `of what is not listed any more among many it is not said that it is over`() {
        var board = Board()
        let others = Attention(.renewalLate, subject: Attention.others, what: "1 more", hint: "look")
        board.see([late(1), late(2), stuck()], after: 0)
        board.see([late(2), late(3), others], after: 90)
        #expect(board.lines.filter { $0.hasPrefix("alertOver") } == ["alertOver order.stuck:ord_1 critical"])
        #expect(Set(board.records.map(\.subject)) == ["crt_2", "crt_3", Attention.others])
        board.see([late(2)], after: 180)
        #expect(board.lines.count { $0.hasPrefix("alertOver renewal.late") } == 2)
    }

    @Test func `of two that are about the same the heavier counts`() {
        var board = Board()
        board.see([stuck(.critical, what: "one"), stuck(.warning, what: "two")], after: 0)
        #expect(board.lines == ["alert order.stuck:ord_1 critical"])
    }

    @Test func `a line says all that is told, and is read again`() throws {
        let record = AlertRecord(
            kind: "order.stuck", severity: .critical, subject: "ord_1", name: "www.example.org", what: "it is: stuck",
            hint: "look", since: Self.start)
        for isOver in [false, true] {
            let line = AlertLine(record, isOver: isOver)
            let entry = JournalEntry(
                at: Self.start, subject: line.subject, name: line.name, event: line.event, detail: line.detail,
                actor: .run)
            #expect(AlertLine(entry) == line)
            let event = try #require(NoticeEvent(entry))
            #expect(event.kind == "order.stuck" && event.subject == "ord_1" && event.isOver == isOver)
            #expect(event.severity == .critical && event.name == "www.example.org")
            #expect(event.text == (isOver ? "it is: stuck" : "it is: stuck; look"))
        }
    }
}
