// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What an import found, as it is shown.
struct ImportView: Sendable {
    let report: ImportReport
    let seconds: Double
    let problem: String?

    var json: JSONDocument {
        .object([
            "listed": .number(report.listed), "new": .number(report.new), "changed": .number(report.changed),
            "unchanged": .number(report.unchanged), "vanished": .number(report.vanished),
            "unlisted": .optional(report.unlisted),
            "quarantined": .list(
                report.quarantined.map { .object(["reference": .text($0.reference), "why": .text($0.reason)]) }),
            "deletedHere": .number(report.deletedHere), "awaitingCapacity": .number(report.awaitingCapacity),
            "withPrivateKey": .number(report.withPrivateKey), "calls": .number(report.calls),
            "seconds": .decimal((seconds * 1000).rounded() / 1000), "problem": .optional(problem),
        ])
    }

    /// What may help those that were set aside: only what has a reference can be named.
    var advice: String {
        let nameless = report.quarantined.count { $0.reference.isEmpty }
        if nameless == 0 { return "import again, or name them with --reference" }
        if nameless == report.quarantined.count { return "import again, and look for them in the CA's portal" }
        return "import again, name with --reference those that have one, and look for the others in the CA's portal"
    }

    var fields: [(String, String?)] {
        [
            ("listed", "\(report.listed)"), ("new", "\(report.new)"), ("changed", "\(report.changed)"),
            ("unchanged", "\(report.unchanged)"), ("vanished", "\(report.vanished)"),
            ("unlisted", report.unlisted.flatMap { $0 > 0 ? "\($0) more than were listed, says the CA" : nil }),
            (
                "quarantined",
                ([("\(report.quarantined.count)")]
                    + report.quarantined.prefix(10).map {
                        $0.reference.isEmpty ? $0.reason : "\($0.reference): \($0.reason)"
                    })
                    .joined(separator: "; ")
            ),
            ("deleted here", "\(report.deletedHere)"), ("awaiting capacity", "\(report.awaitingCapacity)"),
            ("with private key", "\(report.withPrivateKey)"), ("calls", "\(report.calls)"),
            ("seconds", "\((seconds * 10).rounded() / 10)"), ("problem", problem),
        ]
    }
}
