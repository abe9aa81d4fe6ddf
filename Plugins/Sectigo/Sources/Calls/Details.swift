// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        try await details(reference.rawValue, "reading the order").snapshot(CertificateReference(reference.rawValue))
    }

    /// Asks for days that can be read in one way alone. A server that does not know this wish may pass over it, or refuse
    /// the call: then it is asked without.
    func details(_ id: String, _ purpose: String) async throws(ProviderError) -> SSLDetails {
        let path = ["ssl", "v1", id]
        let wish = JSONCall(.get, path, purpose, query: [(name: "dateFormat", value: "ISO")])
        let details = try await wish.send(
            to: reading, for: SSLDetails.self, orNothingWhere: FailureCodes.isNotUnderstood)
        if let details { return details }
        return try await JSONCall(.get, path, purpose).send(to: reading, for: SSLDetails.self)
    }
}

/// A certificate as SCM shows it, order and certificate in one. What is not set is left out.
///
/// Read strictly: what an order is found by, and what says whether it was renewed or replaced. There an odd value taken
/// for none would buy again.
struct SSLDetails: Decodable {
    struct Contents: Decodable, Sendable {
        @Lenient var subjectAltNames: NameTexts?
    }

    @Decisive var commonName: String?
    @Lenient var orgId: Int?
    @Lenient var status: String
    // Whatever is no object is left out, as an odd row is.
    var certType: ListRow<ProfileAnswer>?
    @Lenient var term: Int?
    @Decisive var comments: String?
    @Lenient var externalRequester: String?
    @Decisive var requested: String?
    @Lenient var approved: String?
    @Lenient var revoked: String?
    var reasonCode: ReasonAnswer?
    @Decisive var replaced: String?
    @Decisive var renewed: Bool?
    @Decisive var renewedDate: String?
    @Decisive var serialNumber: String?
    @Lenient var keyType: String?
    @Lenient var keyAlgorithm: String?
    @Lenient var keySize: String?
    @Lenient var subjectAlternativeNames: NameTexts?
    var certificateDetails: ListRow<Contents>?
    var customFields: ListRow<[ListRow<FieldAnswer>]>?

    /// `nil` before there is one; some answers have an empty text then.
    var serial: SerialNumber? { serialNumber.flatMap { $0.trimmed.isEmpty ? nil : SerialNumber($0) } }
    /// Not every server tells it in both ways.
    var isRenewed: Bool? { renewedDate?.trimmed.isEmpty == false ? true : renewed }
    var requestedAt: Date? { requested.flatMap { SectigoDates.date($0) } }
    var key: OrderKey? { OrderComments.split(comments ?? "").key }

    func snapshot(_ certificate: CertificateReference) -> OrderSnapshot {
        var state = StatusWords.orderState(status, certificate)
        // "Requested" also means that SCM is about to hand it to the CA.
        if state == .awaitingApproval, approved?.trimmed.isEmpty == false { state = .processing }
        return OrderSnapshot(state: state, wording: status, details: orderDetails, key: key)
    }

    private var orderDetails: OrderDetails {
        let common = (commonName ?? "").lowercased()
        var names = common.isEmpty ? [] : [SubjectAlternativeName(normalized: common)]
        for name in (subjectAlternativeNames ?? certificateDetails?.readable?.subjectAltNames)?.names ?? []
        where !names.contains(name) {
            names.append(name)
        }
        return OrderDetails(
            commonName: common, alternativeNames: names, profile: certType?.readable.map { ProfileID("\($0.id)") },
            organization: orgId.map { OrganizationID("\($0)") }, term: term, keyAlgorithm: algorithm,
            comments: OrderComments.split(comments ?? "").comments,
            requesterEmails: (externalRequester ?? "").split { ",;".contains($0) }.map(\.trimmed)
                .filter { !$0.isEmpty },
            fields: Dictionary(
                (customFields?.readable ?? []).compactMap(\.readable).compactMap { field in
                    field.value.map { (field.name, $0) }
                },
                uniquingKeysWith: { first, _ in first }),
            placedAt: requestedAt, isRenewed: isRenewed)
    }

    private var algorithm: KeyAlgorithm? {
        if let known = keyType.flatMap({ KeyTypes.algorithm($0) }) { return known }
        guard let keyAlgorithm, let keySize else { return nil }
        return KeyTypes.algorithm(keyAlgorithm, keySize)
    }

    func certificateState(_ word: String) -> CertificateState {
        StatusWords.certificateState(
            word, Revocation(at: revoked.flatMap { SectigoDates.date($0) }, reason: reasonCode?.reason))
    }
}

/// A customer's own field of an order, with its value.
struct FieldAnswer: Decodable, Sendable {
    @Lenient var name: String
    /// Null where nobody has filled it in.
    @Lenient var value: String?
}
