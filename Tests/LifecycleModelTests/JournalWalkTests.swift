// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import Testing

struct JournalWalkTests {
    private static func line(_ event: String, name: String? = nil, answer: String? = nil) -> JournalEntry {
        JournalEntry(
            at: Date(timeIntervalSince1970: 1_764_000_000), subject: .host, name: name, event: event, detail: "",
            actor: .cli, answer: answer)
    }

    @Sendable private static func digest(_ bytes: Data) -> String { "\(Array(bytes))" }

    /// Lines with their numbers and hashes.
    private static func chain(_ lines: [JournalEntry]) -> [JournalEntry] {
        var hash = ""
        return lines.enumerated().map { index, line in
            var line = line.kept(as: index + 1)
            line.hash = JournalChain.hash(line, after: hash, digest: digest)
            hash = line.hash
            return line
        }
    }

    private let lines = chain(["a", "b", "c", "d"].map { line($0) })

    /// What is found; `nil` where all is well.
    private func fault(
        _ lines: [JournalEntry], unreadable: [UnreadableRow] = [], marks: [JournalMark] = [], end: JournalEntry? = nil
    ) -> JournalFault? {
        do throws(JournalFault) {
            var walk = try JournalWalk(after: nil, marks: marks, digest: Self.digest)
            try walk.take(Page(items: lines, next: nil, unreadable: unreadable))
            try walk.end(at: (end ?? self.lines.last).map { JournalCheckpoint($0) })
            return nil
        } catch {
            return error
        }
    }

    @Test func `a journal as it was written passes`() {
        #expect(fault(lines) == nil)
    }

    @Test func `a changed, lost, added or moved line is found where it is`() {
        var changed = lines
        changed[1].detail = "x"
        #expect(fault(changed) == .changed(2))
        var lost = lines
        lost.remove(at: 2)
        #expect(fault(lost) == .lost(3))
        var renumbered = lost
        renumbered[2].sequence = 3
        #expect(fault(renumbered, end: renumbered[2]) == .changed(3))
        var moved = lines
        moved.swapAt(1, 2)
        #expect(fault(moved) == .lost(2))
        moved[1].sequence = 2
        moved[2].sequence = 3
        #expect(fault(moved) == .changed(2))
        #expect(fault(lines + [Self.chain(lines + [Self.line("e")])[4]]) == .goesOn(behind: 4))
    }

    @Test func `an end that was cut off is found by what is kept apart, and by what was exported`() {
        let mark = JournalMark(JournalCheckpoint(lines[3]), from: "was exported")
        #expect(fault(Array(lines.prefix(2)), marks: [mark], end: lines[1]) == .cut(behind: 2, mark))
        let kept = JournalMark(JournalCheckpoint(lines[3]), from: "was written")
        #expect(fault(Array(lines.prefix(2)), marks: [kept]) == .cut(behind: 2, kept))
        #expect(fault([], marks: [kept]) == .cut(behind: 0, kept))
    }

    @Test func `a journal that was written anew is found by a line that somebody kept`() {
        let anew = Self.chain(["a", "x", "c", "d"].map { Self.line($0) })
        #expect(fault(anew, end: anew[3]) == nil)
        let mark = JournalMark(JournalCheckpoint(lines[2]), from: "is in the file")
        #expect(fault(anew, marks: [mark], end: anew[3]) == .differs(mark))
    }

    @Test func `a line that cannot be read is not passed over`() {
        let others = lines.filter { $0.sequence != 3 }
        let damaged = UnreadableRow(reference: "3", reason: "damaged")
        #expect(fault(others, unreadable: [damaged]) == .unreadable(3, "damaged"))
        let last = UnreadableRow(reference: "5", reason: "of a newer version")
        #expect(fault(lines, unreadable: [last]) == .unreadable(5, "of a newer version"))
    }

    @Test func `a check begins behind what was dropped`() throws {
        var walk = try JournalWalk(after: JournalCheckpoint(lines[1]), marks: [], digest: Self.digest)
        try walk.take(Page(items: Array(lines.dropFirst(2)), next: nil))
        #expect(walk.count == 2)
        #expect(walk.last?.sequence == 4)
    }

    @Test func `a missing field is not an empty one, and an answer is part of the chain`() {
        let hashes = [
            Self.line("a"), Self.line("a", name: ""), Self.line("a", answer: ""), Self.line("a", answer: "5e88"),
        ].map { Self.chain([$0])[0].hash }
        #expect(Set(hashes).count == 4)
    }

    @Test func `lines of before answers verify as they did, and cannot be given one`() {
        var line = Self.line("added", name: "x").kept(as: 1)
        // As version 0.1 wrote it.
        line.hash = Self.digest(Data("0:1:113:17640000000004:host4:home1:x5:added0:3:cli".utf8))
        #expect(JournalChain.binds(line, after: "", digest: Self.digest))
        line.answer = "5e88"
        #expect(!JournalChain.binds(line, after: "", digest: Self.digest))
    }

    @Test func `a date that no line can bear does not stop a check`() {
        var changed = lines
        changed[0].at = Date(milliseconds: .max)
        #expect(fault(changed) == .changed(1))
    }

    @Test func `of what a CA said, the answer is what somebody else can have, too`() {
        let chain = CertificateChain(certificates: [Data([1, 2]), Data([3])])
        #expect(OrderEvent.checkFailed(problems: [], chain).answer == Data([1, 2, 3]))
        #expect(OrderEvent.placed(OrderReference("4711")).answer == Data("4711".utf8))
        let refused = ProviderError(.rejected, "placing the order", wording: "-7: no")
        #expect(OrderEvent.placeFailed(refused).answer == Data("-7: no".utf8))
        #expect(OrderEvent.placeFailed(ProviderError(.rejected, "no network")).answer == nil)
        #expect(OrderEvent.resolved(.retry).answer == nil)
        #expect(RevocationEvent.sent(.alreadyRevoked).answer == Data("alreadyRevoked".utf8))
    }
}
