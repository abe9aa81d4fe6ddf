// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference {
        guard let organization = request.organization.flatMap({ Int($0.rawValue) }),
            let profile = Int(request.profile.rawValue)
        else {
            throw ProviderError(.rejected, "placing the order: SCM wants the numbers of an organization and a profile")
        }
        let others = request.alternativeNames.map(\.text).filter { $0 != request.commonName }
        let body = EnrollBody(
            orgId: organization, csr: request.signingRequest.pem, certType: profile, term: request.term,
            subjAltNames: others.isEmpty ? nil : others.joined(separator: ","),
            comments: OrderComments.join(request.comments, request.key),
            externalRequester: request.requesterEmails.isEmpty ? nil : request.requesterEmails.joined(separator: ","),
            customFields: request.fields.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
                .map { FieldValue(name: $0.key, value: $0.value) }, dcvMode: dcvMode)
        let answer = try await JSONCall(.post, ["ssl", "v1", "enroll"], "placing the order").with(body: body)
            .send(to: writing, for: EnrollAnswer.self)
        return OrderReference("\(answer.sslId)")
    }
}

private struct EnrollBody: Encodable {
    var orgId: Int
    var csr: String
    var certType: Int
    var term: Int
    /// A text with commas here, unlike everywhere else: SCM refuses a list. Names in the CSR alone are dropped.
    var subjAltNames: String?
    var comments: String
    var externalRequester: String?
    var customFields: [FieldValue]
    /// Left out where there is none.
    var dcvMode: String?
}

private struct FieldValue: Encodable {
    var name: String
    var value: String
}

/// Of an enrolment and of a renewal.
struct EnrollAnswer: Decodable {
    @Lenient var sslId: Int
}
