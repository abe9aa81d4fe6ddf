// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// What has to be written so that the alerts on record are what needs a person now.
package struct AlertChanges: Hashable, Sendable {
    package private(set) var puts: [AlertRecord] = []
    package private(set) var deletes: [AlertRecord] = []
    /// Lines for the journal.
    package private(set) var lines: [AlertLine] = []

    /// Within this time the same is not told twice.
    private static let quiet: TimeInterval = 3600

    package init(from known: [AlertRecord], to attention: [Attention], at now: Date) {
        let before = Dictionary(known.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for item in attention where seen.insert(item.key).inserted { keep(item, before[item.key], at: now) }
        let unlisted = Unlisted(attention)
        for record in known where !seen.contains(record.key) && !unlisted.isHeldBack(record) {
            end(record, isTold: !unlisted.isCut(record), at: now)
        }
    }

    private mutating func keep(_ item: Attention, _ known: AlertRecord?, at now: Date) {
        var record = known ?? item.alert(at: now)
        let mayBeTold = known.map { now.timeIntervalSince($0.toldAt) >= Self.quiet } ?? true
        if record.endedAt != nil {
            // Back so soon: it is told when it is still there after the hour.
            guard mayBeTold else { return }
            let revision = record.revision
            record = item.alert(at: now)
            record.revision = revision
        }
        let isNew = known == nil || known?.endedAt != nil
        // More weight is told at once; less could be more again in a minute.
        let isHeavier = item.severity > record.severity
        if isHeavier || (item.severity != record.severity && mayBeTold) {
            record.severity = item.severity
            record.toldAt = now
        }
        (record.name, record.what, record.hint) = (item.name, item.what, item.hint)
        record.account = item.account
        guard record != known else { return }
        puts.append(record)
        if isNew || record.severity != known?.severity { lines.append(AlertLine(record, isOver: false)) }
    }

    private mutating func end(_ record: AlertRecord, isTold: Bool, at now: Date) {
        if isTold, record.endedAt == nil { lines.append(AlertLine(record, isOver: true)) }
        if now.timeIntervalSince(record.toldAt) >= Self.quiet {
            deletes.append(record)
        } else if record.endedAt == nil {
            var ended = record
            ended.endedAt = now
            puts.append(ended)
        }
    }
}

/// Why something that is not listed any more may be there all the same: nobody is told that it is over.
private struct Unlisted {
    private let hampered: Set<String>
    private let cut: Set<String>

    init(_ attention: [Attention]) {
        hampered = Set(attention.filter { Attention.Kind.hampering.contains($0.kind) }.map(\.subject))
        cut = Set(attention.filter { $0.subject == Attention.others }.map(\.kind.rawValue))
    }

    /// It is told with its account as long as that cannot be asked, and stays on record: afterwards it shows whether it is
    /// over. What names no account may be any one's.
    func isHeldBack(_ record: AlertRecord) -> Bool {
        guard record.endedAt == nil, Attention.Kind.heldBack.contains(where: { $0.rawValue == record.kind }) else {
            return false
        }
        return record.account.map { hampered.contains($0) } ?? !hampered.isEmpty
    }

    /// Only the first of its kind are listed, and it may be among the others. It goes without a word: kept, such would
    /// become more and more.
    func isCut(_ record: AlertRecord) -> Bool { cut.contains(record.kind) }
}

extension Attention.Kind {
    /// Their subject is an account that cannot be asked.
    fileprivate static let hampering: Set<Self> = [.accountPaused, .accountClosed, .accountUnreachable]
    /// They are not looked for at such an account.
    fileprivate static let heldBack: Set<Self> = [.orderWaiting, .renewalLate, .catalogUnreadable, .importStands]
}

/// A line of the journal that says that an alert begins, weighs more or less, or is over.
package struct AlertLine: Hashable, Sendable {
    package var key: String
    package var name: String?
    package var isOver: Bool
    package var severity: Severity
    package var text: String

    package init(_ record: AlertRecord, isOver: Bool) {
        self.key = record.key
        self.name = record.name
        self.isOver = isOver
        self.severity = record.severity
        self.text = isOver ? record.what : "\(record.what); \(record.hint)"
    }

    /// `nil` for any other line.
    package init?(_ entry: JournalEntry) {
        guard entry.subject.kind == Self.kind, [Self.begins, Self.ends].contains(entry.event),
            let end = entry.detail.firstRange(of: ": "),
            let severity = Severity(rawValue: String(entry.detail[..<end.lowerBound]))
        else { return nil }
        self.key = entry.subject.id
        self.name = entry.name
        self.isOver = entry.event == Self.ends
        self.severity = severity
        self.text = String(entry.detail[end.upperBound...])
    }

    package var subject: Subject { Subject(kind: Self.kind, id: key) }
    package var event: String { isOver ? Self.ends : Self.begins }
    /// The record may be gone when the line is read: all that is to be told stands in it.
    package var detail: String { "\(severity.rawValue): \(text)" }

    private static let kind = "alert"
    private static let begins = "alert"
    private static let ends = "alertOver"
}

extension Attention {
    fileprivate func alert(at now: Date) -> AlertRecord {
        var record = AlertRecord(
            kind: kind.rawValue, severity: severity, subject: subject, name: name, what: what, hint: hint, since: now)
        record.account = account
        return record
    }
}
