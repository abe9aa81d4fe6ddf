// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import PublicCA

/// What an order would be.
struct OrderDraftView {
    let draft: OrderDraft
    let account: String

    func show(_ output: Output) throws(LifecycleError) {
        let details = draft.details
        try output.fields(
            .object([
                "account": .text(account), "profile": .text(draft.profile.id.rawValue),
                "commonName": .text(details.commonName),
                "subjectAlternativeNames": .texts(details.alternativeNames.map(\.text)),
                "organization": .optional(details.organization?.rawValue), "term": .optional(details.term),
                "keyAlgorithm": .optional(details.keyAlgorithm?.rawValue), "comments": .text(details.comments),
                "requesterEmails": .texts(details.requesterEmails),
                "fields": .object(details.fields.mapValues { .text($0) }), "dryRun": .truth(true),
                "warnings": .texts(draft.warnings),
            ]),
            [
                ("dry run", "nothing was ordered, nothing is wrong"), ("account", account),
                ("profile", draft.profile.name), ("common name", details.commonName),
                ("names", details.alternativeNames.map(\.text).joined(separator: ", ")),
                ("organization", draft.organization?.name), ("term", details.term.map { "\($0) days" }),
                ("key", draft.signingRequest == nil ? details.keyAlgorithm?.rawValue : "yours, by the CSR"),
                ("comments", details.comments), ("requesters", details.requesterEmails.joined(separator: ", ")),
                ("fields", details.fields.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: ", ")),
            ])
    }
}
