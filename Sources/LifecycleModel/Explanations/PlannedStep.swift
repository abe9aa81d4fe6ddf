// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// Something that will happen by itself, or will be missed: a row of `plan`.
package struct PlannedStep: Hashable, Sendable {
    package var at: Date
    package var subject: Subject
    package var account: String
    package var commonName: String
    package var action: PlannedAction
    /// A sentence for people.
    package var why: String

    package init(
        at: Date, subject: Subject, account: String, commonName: String, action: PlannedAction, why: String
    ) {
        self.at = at
        self.subject = subject
        self.account = account
        self.commonName = commonName
        self.action = action
        self.why = why
    }

    /// Where a list goes on after this row. Sorts like the rows: by date, then by what is unambiguous among those.
    package var cursor: String {
        let milliseconds = String(max(0, at.milliseconds))
        let padding = String(repeating: "0", count: max(0, 15 - milliseconds.count))
        return "\(padding)\(milliseconds)_\(subject.id)_\(action.rawValue)"
    }
}

/// Raw values are printed and read by scripts.
package enum PlannedAction: String, Hashable, Sendable, CaseIterable {
    case reissue, renew, newOrder
    /// Auto-renewal leaves it alone.
    case skip
    /// Nothing is ordered before it ends.
    case expire
    case submit, locate, poll, finalize, collect, cancel
    case deploy, revoke, check, readCatalog, `import`, notify
    /// Work that this version has no word for.
    case other
}

/// The earliest rows after a cursor, and no more of them than are asked for: however many there are, memory holds a page.
package struct PlanPage: Sendable {
    private let after: String
    private let limit: Int
    private var rows: [(cursor: String, step: PlannedStep)] = []
    private var isSorted = true

    package init(after: String?, limit: Int) {
        self.after = after ?? ""
        self.limit = limit
    }

    package mutating func take(_ step: PlannedStep) {
        let cursor = step.cursor
        guard cursor > after else { return }
        rows.append((cursor, step))
        isSorted = false
        if rows.count > 2 * (limit + 1) { trim() }
    }

    /// Whether nothing that is due after a date would still be shown.
    package mutating func isFull(before date: Date) -> Bool {
        guard rows.count > limit else { return false }
        trim()
        return rows.last.map { $0.step.at < date } ?? false
    }

    /// - Returns: the rows, and the cursor of the last where there are more.
    package mutating func finish() -> (steps: [PlannedStep], next: String?) {
        trim()
        let shown = rows.prefix(limit)
        return (shown.map(\.step), rows.count > limit ? shown.last?.cursor : nil)
    }

    private mutating func trim() {
        guard !isSorted else { return }
        rows.sort { $0.cursor < $1.cursor }
        rows.removeLast(max(0, rows.count - limit - 1))
        isSorted = true
    }
}
