// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider: OrderLocating {
    var settleTime: Duration { Self.settleTime }

    func locate(_ attempt: OrderAttempt) async throws(ProviderError) -> Located {
        let query = [(name: "externalReference", value: attempt.request.key.rawValue)]
        let found = try await JSONCall(.get, ["orders"], "looking for the order", query: query)
            .send(to: endpoint, for: SearchAnswer.self).orders
        guard let first = found.first else { return .absent }
        // Two orders with one key cannot be told apart: a person has to look.
        return found.count == 1 ? .found(OrderReference(first.id)) : .undecided(found.map { OrderReference($0.id) })
    }
}

private struct SearchAnswer: Decodable {
    struct Row: Decodable {
        var id: String
    }

    var orders: [Row]
}
