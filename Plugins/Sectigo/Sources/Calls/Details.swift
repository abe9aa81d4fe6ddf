// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        try await details(reference.rawValue, "reading the order").snapshot(CertificateReference(reference.rawValue))
    }

    func details(_ id: String, _ purpose: String) async throws(ProviderError) -> SSLDetails {
        try await JSONCall(.get, ["ssl", "v1", id], purpose).send(to: reading, for: SSLDetails.self)
    }
}

/// A certificate as SCM shows it, order and certificate in one. What is not set is left out.
///
/// Read strictly: what an order is found by, and what says whether it was renewed or replaced. There an odd value taken
/// for none would buy again.
struct SSLDetails: Decodable {
    struct Profile: Decodable, Sendable {
        var id: Int
    }

    var commonName: String?
    @Lenient var orgId: Int?
    var status: String
    @Lenient var certType: Profile?
    @Lenient var term: Int?
    var comments: String?
    @Lenient var externalRequester: String?
    var requested: String?
    @Lenient var revoked: String?
    @Lenient var reasonCode: ReasonAnswer?
    var replaced: String?
    var renewed: Bool?
    var serialNumber: String?
    @Lenient var keyType: String?
    var subjectAlternativeNames: [String]?
    @Lenient var customFields: [CustomField]?

    /// `nil` before there is one; some answers have an empty text then.
    var serial: SerialNumber? { serialNumber.flatMap { $0.isEmpty ? nil : SerialNumber($0) } }
    var requestedAt: Date? { requested.flatMap { SectigoDates.date($0) } }
    var key: OrderKey? { OrderComments.split(comments ?? "").key }

    func snapshot(_ certificate: CertificateReference) -> OrderSnapshot {
        OrderSnapshot(
            state: StatusWords.orderState(status, certificate), wording: status, details: orderDetails, key: key)
    }

    private var orderDetails: OrderDetails {
        let common = (commonName ?? "").lowercased()
        var names = common.isEmpty ? [] : [SubjectAlternativeName(normalized: common)]
        for text in subjectAlternativeNames ?? [] {
            let name = SubjectAlternativeName(normalized: text.lowercased())
            if !names.contains(name) { names.append(name) }
        }
        return OrderDetails(
            commonName: common, alternativeNames: names, profile: certType.map { ProfileID("\($0.id)") },
            organization: orgId.map { OrganizationID("\($0)") }, term: term,
            keyAlgorithm: keyType.flatMap { KeyTypes.algorithm($0) },
            comments: OrderComments.split(comments ?? "").comments,
            requesterEmails: (externalRequester ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) },
            fields: Dictionary(
                (customFields ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
            placedAt: requestedAt, isRenewed: renewed)
    }

    func certificateState(_ word: String) -> CertificateState {
        StatusWords.certificateState(
            word, Revocation(at: revoked.flatMap { SectigoDates.date($0) }, reason: reasonCode?.reason))
    }
}
