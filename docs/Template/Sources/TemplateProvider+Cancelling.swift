// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider: OrderCancelling {
    func cancel(_ order: OrderReference, comments: String) async throws(ProviderError) -> CancellationOutcome {
        let reply = try await JSONCall(.post, ["orders", order.rawValue, "withdrawal"], "withdrawing the order")
            .with(body: WithdrawalBody(note: comments))
            .send(to: endpoint) { FailureCodes.code(in: $0) == FailureCodes.tooLate }
        return reply.response.status == .conflict ? .tooLate : .cancelled
    }
}

private struct WithdrawalBody: Encodable {
    var note: String
}
