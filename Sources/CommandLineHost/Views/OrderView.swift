// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA

/// An order as it is shown: with what is to be done next.
struct OrderView: Sendable {
    let order: Order
    let work: WorkItem?
    /// What the CA's own ids are called, where that was asked for.
    var names: CatalogNames?

    static func load(_ order: Order, _ repository: any LifecycleRepository) async throws(LifecycleError) -> OrderView {
        let work = try await reading { () async throws(RepositoryError) in
            order.phase.isFinal ? nil : try await repository.work(.order(order.id), task: WorkItem.life)
        }
        return OrderView(order: order, work: work)
    }

    var json: JSONDocument {
        let details = order.details
        return .object([
            "id": .text(order.id.rawValue), "account": .text(order.account), "provider": .text(order.provider),
            "kind": .text(order.kind.rawValue), "state": .text(order.phase.rawValue),
            "wording": .text(order.wording), "reference": .optional(order.reference?.rawValue),
            "commonName": .text(details.commonName),
            "subjectAlternativeNames": .texts(details.alternativeNames.map(\.text)),
            "organization": .optional(details.organization?.rawValue),
            "profile": .optional(details.profile?.rawValue), "term": .optional(details.term),
            "keyAlgorithm": .optional(details.keyAlgorithm?.rawValue), "comments": .text(details.comments),
            "requesterEmails": .texts(details.requesterEmails),
            "certificate": .optional(order.certificate?.rawValue),
            "predecessor": .optional(order.predecessor?.rawValue), "createdAt": .date(order.createdAt),
            "placedAt": .date(order.placedAt), "updatedAt": .date(order.updatedAt),
            "nextStep": .optional(work?.step), "nextDueAt": .date(work?.due), "attempts": .number(order.attempts),
            "problem": .optional(problem), "heldChain": .optional(heldChain),
        ])
    }

    var fields: [(String, String?)] {
        let details = order.details
        return [
            ("id", order.id.rawValue), ("state", order.phase.rawValue), ("wording", order.wording),
            ("problem", problem), ("kind", order.kind.rawValue), ("account", order.account),
            ("reference", order.reference?.rawValue), ("common name", details.commonName),
            ("names", details.alternativeNames.map(\.text).joined(separator: ", ")),
            ("organization", names?.organization ?? details.organization?.rawValue),
            ("profile", names?.profile ?? details.profile?.rawValue),
            ("term", details.term.map { "\($0) days" }), ("key", details.keyAlgorithm?.rawValue),
            ("comments", details.comments), ("requesters", details.requesterEmails.joined(separator: ", ")),
            ("validations", validations), ("certificate", order.certificate?.rawValue),
            ("predecessor", order.predecessor?.rawValue), ("created", Dates.text(order.createdAt)),
            ("placed", order.placedAt.map { Dates.text($0) }), ("updated", Dates.text(order.updatedAt)),
            ("next step", work.map { "\($0.step) at \(Dates.text($0.due))" }),
            ("candidates", order.candidates.map(\.rawValue).joined(separator: ", ")),
            ("held chain", order.heldChain.map { "\($0.certificates.count) certificates; see them with --json" }),
        ]
    }

    /// What a person should know: that a purchase is in doubt comes first.
    private var problem: String? {
        let told = [doubt, order.problem].compactMap(\.self)
        return told.isEmpty ? nil : told.joined(separator: "; ")
    }

    /// That the order was sent, and nobody here knows what became of it; `nil` where that is known.
    var doubt: String? {
        guard order.phase == .submitting, order.attempts > 0, let sent = order.intendedAt else { return nil }
        // Whoever sent it may still hear from the CA.
        if order.problem == nil, let until = work?.lease?.until, until > Date() {
            return "sent at \(Dates.text(sent)), and no answer is on record yet"
        }
        return "the answer to the order was lost, and it has been looked for at the CA since \(Dates.text(sent))"
    }

    /// People know profiles and organizations by name, the CA by number.
    struct CatalogNames: Sendable {
        var organization: String?
        var profile: String?

        init(_ order: Order, _ repository: any LifecycleRepository) async throws(LifecycleError) {
            func title(_ kind: CatalogKind, _ id: String?) async throws(LifecycleError) -> String? {
                guard let id else { return nil }
                let entry = try await reading { () async throws(RepositoryError) in
                    try await repository.catalogEntry(account: order.account, kind: kind, id: id)
                }
                return entry.map { $0.item.name == id ? id : "\($0.item.name) (\(id))" }
            }
            organization = try await title(.organizations, order.details.organization?.rawValue)
            profile = try await title(.profiles, order.details.profile?.rawValue)
        }
    }

    /// What the CA issued and our check refused, for whoever has to decide about it.
    private var heldChain: String? {
        order.heldChain.map { $0.certificates.map { PEMText.text("CERTIFICATE", $0) }.joined() }
    }

    /// What somebody still has to prove.
    private var validations: String {
        order.validations.filter { !$0.isDone }.map { "\($0.domain): \($0.method) at \($0.place): \($0.value)" }
            .joined(separator: "; ")
    }

    static func table(_ orders: [Order]) -> Table {
        var table = Table("ID", "STATE", "COMMON NAME", "PROFILE", "ACCOUNT", "CREATED", "CERTIFICATE")
        for order in orders {
            table.add(
                order.id.rawValue, order.phase.rawValue, order.details.commonName, order.details.profile?.rawValue,
                order.account, Dates.short(order.createdAt), order.certificate?.rawValue)
        }
        return table
    }
}
