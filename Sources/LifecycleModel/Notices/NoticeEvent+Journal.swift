// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension NoticeEvent {
    /// What people are told of a line of the journal; `nil` where that is nothing.
    ///
    /// What needs a person is told by the lines of its alert, and by no line of the order or the account that it comes
    /// from: three hundred orders of one outage are one alert.
    package init?(_ entry: JournalEntry) {
        if let alert = AlertLine(entry) {
            let parts = alert.key.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            self.init(
                at: entry.at, kind: parts.first ?? alert.key, severity: alert.severity, subject: parts.last ?? "",
                name: alert.name, text: alert.text.forMessages)
            isOver = alert.isOver
            return
        }
        guard let meaning = Self.meanings["\(entry.subject.kind) \(entry.event)"] else { return nil }
        self.init(
            at: entry.at, kind: meaning.kind, severity: meaning.severity, subject: entry.subject.id, name: entry.name,
            text: entry.detail.forMessages)
    }

    /// What an event of a kind of subject is told as.
    private static let meanings: [String: (kind: String, severity: Severity)] = [
        "order completed": ("certificate.issued", .info),
        "order rejected": ("order.rejected", .warning),
        "order cancelled": ("order.cancelled", .info),
        "revocation revoked": ("certificate.revoked", .info),
        // Found at the CA: nobody asked for it here.
        "certificate revoked": ("certificate.revokedElsewhere", .warning),
        "certificate replaced": ("certificate.replaced", .info),
        "certificate autoRenewal": ("renewal.begun", .info),
        "deployment deployed": ("certificate.deployed", .info),
        "deployment served": ("certificate.served", .info),
        "deployment rolledBack": ("certificate.rolledBack", .warning),
        "account imported": ("import.finished", .info),
        "host restored": ("home.restored", .warning),
        "account resumed": ("account.resumed", .info),
    ]

    /// Everything that a channel may ask for.
    package static let kinds: [String: Severity] = Dictionary(
        Attention.Kind.allCases.map { ($0.rawValue, $0.severity) } + meanings.values.map { ($0.kind, $0.severity) },
        uniquingKeysWith: { first, _ in first })
}

extension String {
    /// Texts of others as they may stand in a message: cut, and without what moves a cursor, breaks a line or turns the
    /// direction of writing.
    package var forMessages: String {
        var safe = ""
        for scalar in unicodeScalars.prefix(500) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
                safe += "\\u{\(String(scalar.value, radix: 16))}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe + (unicodeScalars.count > 500 ? "…" : "")
    }
}
