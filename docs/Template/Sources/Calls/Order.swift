// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider {
    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        try await JSONCall(.get, ["orders", reference.rawValue], "reading the order")
            .send(to: endpoint, for: OrderAnswer.self).snapshot
    }
}

private struct OrderAnswer: Decodable {
    struct Challenge: Decodable {
        var domain: String
        var record: String
        var value: String
        var done: Bool
    }

    var status: String
    var certificate: String?
    var product: String
    var names: [String]
    var days: Int
    var note: String
    var externalReference: String?
    var received: String
    /// In seconds.
    var lookAgainIn: Int?
    var challenges: [Challenge]?

    var snapshot: OrderSnapshot {
        let names = names.map { SubjectAlternativeName(normalized: $0.lowercased()) }
        return OrderSnapshot(
            state: StatusWords.orderState(status, certificate: certificate.map { CertificateReference($0) }),
            wording: status, checkAfter: lookAgainIn.map { .seconds($0) },
            validations: (challenges ?? []).map {
                DomainValidation(
                    domain: $0.domain, method: "DNS TXT", place: $0.record, value: $0.value, isDone: $0.done)
            },
            details: OrderDetails(
                commonName: names.first?.text ?? "", alternativeNames: names, profile: ProfileID(product), term: days,
                comments: note, placedAt: Dates.date(received)),
            key: externalReference.map { OrderKey($0) })
    }
}
