// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider {
    func profiles() async throws(ProviderError) -> [CertificateProfile] {
        try await JSONCall(.get, ["products"], "listing the products")
            .send(to: endpoint, for: [ProductAnswer].self)
            .map { product in
                CertificateProfile(
                    id: ProfileID(product.code), name: product.title, terms: product.days,
                    fields: product.questions.map { FieldDescription(name: $0, isRequired: true) },
                    limits: OrderLimits(names: product.maximumNames, comments: 500))
            }
    }
}

private struct ProductAnswer: Decodable {
    var code: String
    var title: String
    var days: [Int]
    var questions: [String]
    var maximumNames: Int
}
