// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct AutoRenewAuditCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "What was renewed, what was not, and why.",
        usage: "publicca auto-renew audit [options]",
        discussion: "Example: publicca auto-renew audit --since 2026-11-01")

    @Option(help: ArgumentHelp("2026-11-01, or 2026-11-01T08:00:00Z.", valueName: "date")) var since: String?
    @Option(help: ArgumentHelp("An id, its beginning, or a common name.", valueName: "id")) var certificate: String?
    @Option(help: ArgumentHelp("How many at most.", valueName: "number")) var limit = 1000
    @Option(help: ArgumentHelp("Where the list before ended.", valueName: "cursor")) var after: String?
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    }

    func run(_ session: Session) async throws -> ExitStatus {
        var query = DecisionQuery()
        query.since = try since.map { text throws(LifecycleError) in try Date(typed: text) }
        query.limit = limit
        query.after = after.map { PageCursor($0) }
        let composition = try await session.open()
        if let certificate { query.certificate = try await Finder(composition.repository).certificate(certificate).id }
        let wanted = query
        let page = try await reading { () async throws(RepositoryError) in
            try await composition.repository.decisions(wanted)
        }
        try session.output.list(
            page.items.map(\.json), next: page.next?.rawValue, RenewalDecision.table(page.items),
            empty: "nothing has been decided; begin with: publicca auto-renew enable")
        return session.tell(ofUnreadable: page.unreadable, "renewal decision")
    }
}

extension RenewalDecision {
    var json: JSONDocument {
        .object([
            "at": .date(at), "certificate": .text(certificate.rawValue), "commonName": .text(commonName),
            "account": .text(account), "decision": .text(verdict.rawValue), "means": .text(means.rawValue),
            "reason": .text(reason), "order": .optional(order?.rawValue), "successor": .optional(successor?.rawValue),
        ])
    }

    static func table(_ decisions: [RenewalDecision]) -> Table {
        var table = Table("AT", "CERTIFICATE", "COMMON NAME", "DECISION", "REASON", "SUCCESSOR")
        for row in decisions {
            table.add(
                Dates.short(row.at), row.certificate.rawValue, row.commonName, row.verdict.rawValue, row.reason,
                row.successor?.rawValue)
        }
        return table
    }
}

extension Date {
    /// A day, which begins at midnight UTC, or a moment of it. Throws `badInput`.
    init(typed text: String) throws(LifecycleError) {
        do {
            self = try Date(text.contains("T") ? text : "\(text)T00:00:00Z", strategy: .iso8601)
        } catch {
            throw LifecycleError(
                .badInput, "\"\(text)\" is no date", hint: "write 2026-11-01 or 2026-11-01T08:00:00Z")
        }
    }
}
