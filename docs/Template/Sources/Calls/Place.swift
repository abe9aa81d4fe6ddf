// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider {
    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference {
        let order = OrderBody(
            product: request.profile.rawValue, csr: request.signingRequest.pem,
            names: request.alternativeNames.map(\.text), days: request.term, answers: request.fields,
            note: request.comments, externalReference: request.key.rawValue)
        let answer = try await JSONCall(.post, ["orders"], "placing the order").with(body: order)
            .send(to: endpoint, for: PlacedAnswer.self)
        return OrderReference(answer.id)
    }
}

private struct OrderBody: Encodable {
    var product: String
    var csr: String
    /// The first becomes the common name.
    var names: [String]
    var days: Int
    var answers: [String: String]
    var note: String
    /// Our order key: `locate` finds the order by it.
    var externalReference: String
}

private struct PlacedAnswer: Decodable {
    var id: String
}
