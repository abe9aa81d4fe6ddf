// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine

/// What is in a backup, for people and as JSON.
extension HomeInspection {
    var sentence: String {
        "\(accounts) accounts, \(orders) orders, \(certificates) certificates, \(keys) keys and \(journalLines) lines of "
            + "the journal"
    }

    func warn(_ output: Output) {
        if unreadable > 0 {
            output.warning("\(unreadable) of its records cannot be read, the others can: publicca doctor names them")
        }
    }

    /// Backups are kept for longer than keys are in use.
    func warnOfKeys(_ output: Output) {
        guard masterKeys.count > 1 else { return }
        output.warning(
            "it was sealed with \(masterKeys.count) master keys, since they are being changed, and opens with all of them only: "
                + masterKeys.joined(separator: ", "))
    }

    var json: [String: JSONDocument] {
        let checkpoint = journal.map { line in
            JSONDocument.object([
                "sequence": .number(line.sequence), "hash": .text(line.hash), "at": .text(Dates.exact(line.at)),
            ])
        }
        return [
            "counts": .object([
                "accounts": .number(accounts), "orders": .number(orders), "certificates": .number(certificates),
                "keys": .number(keys), "journalLines": .number(journalLines),
            ]),
            "journal": checkpoint ?? .null, "unreadable": .number(unreadable), "masterKeys": .texts(masterKeys),
        ]
    }
}

extension [String: JSONDocument] {
    func merging(_ more: [String: JSONDocument]) -> JSONDocument { .object(merging(more) { $1 }) }
}
