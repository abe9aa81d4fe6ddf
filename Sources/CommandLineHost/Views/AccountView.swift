// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// An account as it is shown: secrets never are.
struct AccountView: Sendable {
    let account: AccountRecord

    private var settings: [String: String] {
        account.settings.merging(account.secrets.mapValues { _ in "<secret>" }) { $1 }
    }
    private var state: String { account.isPaused ? "paused" : "active" }
    private var capabilities: [String] { account.capabilities.map(\.rawValue).sorted() }

    var json: JSONDocument {
        var lastSync: [String: JSONDocument] = [:]
        for kind in CatalogKind.allCases { lastSync[kind.rawValue] = .date(account.lastSync[kind]) }
        return .object([
            "name": .text(account.name), "provider": .text(account.provider),
            "settings": .object(settings.mapValues { .text($0) }), "state": .text(state),
            "pausedReason": .optional(account.pausedReason), "verifiedAt": .date(account.verifiedAt),
            "roles": .texts(account.report?.roles ?? []), "capabilities": .texts(capabilities),
            "lastSync": .object(lastSync), "warnings": .texts(account.report?.warnings ?? []),
            "credentialsExpireAt": .date(account.report?.credentialsExpireAt),
            "restrictions": .list(
                (account.report?.restrictions ?? []).map {
                    .object(["operation": .text($0.operation.rawValue), "reason": .text($0.reason)])
                }),
        ])
    }

    var fields: [(String, String?)] {
        [
            ("name", account.name), ("provider", account.provider), ("state", state),
            ("paused", account.pausedReason),
            ("settings", settings.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: ", ")),
            ("verified", account.verifiedAt.map { Dates.text($0) } ?? "never"),
            ("roles", account.report?.roles.joined(separator: ", ")),
            ("warnings", account.report?.warnings.joined(separator: "; ")),
            ("capabilities", capabilities.joined(separator: ", ")),
            (
                "last sync",
                CatalogKind.allCases.compactMap { kind in
                    account.lastSync[kind].map { "\(kind.rawValue) \(Dates.text($0))" }
                }.joined(separator: ", ")
            ),
            (
                "restrictions",
                account.restrictedByReason.map { "\($0): \($1)" }.joined(separator: "; ")
            ),
            ("unreadable", unreadable.joined(separator: "; ")),
        ]
    }

    /// Catalogs with rows that could not be understood, one sentence each.
    var unreadable: [String] {
        CatalogKind.allCases.compactMap { kind in
            guard let rows = account.unreadable?[kind], let first = rows.first else { return nil }
            let name = first.reference.isEmpty ? "" : "\(first.reference), "
            return "\(kind.rawValue) that could not be read stay as they were: \(name)\(first.reason)"
                + (rows.count > 1 ? ", and \(rows.count - 1) more" : "")
        }
    }

    static func table(_ accounts: [AccountRecord]) -> Table {
        var table = Table("NAME", "PROVIDER", "STATE", "VERIFIED", "REASON")
        for account in accounts {
            table.add(
                account.name, account.provider, account.isPaused ? "paused" : "active",
                account.verifiedAt.map { Dates.short($0) } ?? "never", account.pausedReason)
        }
        return table
    }
}

extension AccountRecord {
    /// What it may not do, the operations that share a reason together, in the order in which they were told.
    var restrictedByReason: [(operations: String, reason: String)] {
        var rows: [(operations: [String], reason: String)] = []
        for restriction in report?.restrictions ?? [] {
            let operation = restriction.operation.rawValue
            if let row = rows.firstIndex(where: { $0.reason == restriction.reason }) {
                rows[row].operations.append(operation)
            } else {
                rows.append(([operation], restriction.reason))
            }
        }
        return rows.map { ($0.operations.joined(separator: ", "), $0.reason) }
    }
}
