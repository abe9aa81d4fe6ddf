// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import PublicCA

/// Follows the journal line by line, and tells the first place where it is not what was written.
package struct JournalWalk: Sendable {
    /// The last line that was followed, or the one behind which the journal begins.
    package private(set) var last: JournalCheckpoint?
    /// How many lines were followed.
    package private(set) var count = 0
    private let marks: [JournalMark]
    private let digest: @Sendable (Data) -> String

    /// - Parameters:
    ///   - pruned: the last line that was dropped.
    ///   - marks: lines that are known from elsewhere.
    ///   - digest: SHA-256 of some bytes, in lower-case hex.
    package init(
        after pruned: JournalCheckpoint?, marks: [JournalMark], digest: @escaping @Sendable (Data) -> String
    ) throws(JournalFault) {
        self.last = pruned
        self.marks = marks
        self.digest = digest
        if let pruned { try compare(pruned.sequence, pruned.hash) }
    }

    /// Follows the next lines, in their order. A line that cannot be read is not passed over.
    package mutating func take(_ page: Page<JournalEntry>) throws(JournalFault) {
        let unreadable = Dictionary(page.unreadable.map { ($0.reference, $0.reason) }) { first, _ in first }
        for entry in page.items {
            if let reason = unreadable["\(next)"] { throw .unreadable(next, reason) }
            guard entry.sequence == next else { throw .lost(next) }
            guard JournalChain.binds(entry, after: last?.hash ?? "", digest: digest) else { throw .changed(next) }
            try compare(entry.sequence, entry.hash)
            last = JournalCheckpoint(entry)
            count += 1
        }
        if let reason = unreadable["\(next)"] { throw .unreadable(next, reason) }
        if !page.unreadable.isEmpty { throw .lost(next) }
    }

    /// When there are no more lines.
    ///
    /// - Parameter kept: the last line that was written, as it is kept beside the lines. It may be one that came after those
    ///   that were followed.
    package func end(at kept: JournalCheckpoint?) throws(JournalFault) {
        let here = last?.sequence ?? 0
        for mark in marks where mark.line.sequence > here { throw .cut(behind: here, mark) }
        guard here <= kept?.sequence ?? 0 else { throw .goesOn(behind: kept?.sequence ?? 0) }
        if let kept, let last, last.sequence == kept.sequence, last.hash != kept.hash {
            throw .differs(JournalMark(kept, from: "was written last"))
        }
    }

    private var next: Int { (last?.sequence ?? 0) + 1 }

    private func compare(_ sequence: Int, _ hash: String) throws(JournalFault) {
        for mark in marks where mark.line.sequence == sequence && mark.line.hash != hash { throw .differs(mark) }
    }
}

/// A line that is known from elsewhere.
package struct JournalMark: Hashable, Sendable {
    package var line: JournalCheckpoint
    /// What became of it, such as "was exported".
    package var fate: String

    package init(_ line: JournalCheckpoint, from fate: String) {
        self.line = line
        self.fate = fate
    }
}

/// What is wrong with a journal, and where.
package enum JournalFault: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(Int, String)
    case lost(Int)
    case changed(Int)
    case differs(JournalMark)
    case cut(behind: Int, JournalMark)
    case goesOn(behind: Int)

    package var description: String {
        switch self {
        case .unreadable(let line, let reason):
            "the journal is broken at line \(line): it cannot be read, it is \(reason)"
        case .lost(let line): "the journal is broken at line \(line): it is not there"
        case .changed(let line):
            "the journal is broken at line \(line): that line was changed, or another one stands in its place"
        case .differs(let mark):
            "line \(mark.line.sequence) of the journal is not the one that \(mark.fate): it, or lines before it, were rewritten"
        case .cut(let line, let mark):
            "the journal ends at line \(line), but line \(mark.line.sequence) \(mark.fate): its end was cut off"
        case .goesOn(let line): "the journal goes on behind line \(line), which was written last: a line was added"
        }
    }
}
