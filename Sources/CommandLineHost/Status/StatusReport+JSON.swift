// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

extension StatusReport {
    var json: JSONDocument {
        .object([
            "attention": .list(attention.map { Self.json($0) }), "health": health.json(at: now),
            "orders": .object(Dictionary(uniqueKeysWithValues: orders.map { ($0, .number($1)) })),
            "certificates": .object(Dictionary(uniqueKeysWithValues: certificates.map { ($0, .number($1)) })),
            "expiring": .object(Dictionary(uniqueKeysWithValues: expiring.map { ("\($0.days)", .number($0.count)) })),
            "weeks": .list(weeks.map { .object(["from": .date($0.from), "count": .number($0.count)]) }),
            "next": health.next.map {
                .object([
                    "subject": .text($0.subject.id), "step": .text($0.step), "dueAt": .date($0.due),
                    "account": .text($0.account),
                ])
            } ?? .null,
        ])
    }

    private static func json(_ item: Attention) -> JSONDocument {
        .object([
            "kind": .text(item.kind.rawValue), "severity": .text(item.severity.rawValue),
            "subject": .text(item.subject), "name": .optional(item.name), "what": .text(item.what),
            "hint": .text(item.hint), "since": .date(item.since),
        ])
    }
}
