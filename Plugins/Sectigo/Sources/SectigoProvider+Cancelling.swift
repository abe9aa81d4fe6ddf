// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// SCM has no call to withdraw a request; declining it is what the portal does.
extension SectigoProvider: OrderCancelling {
    func cancel(_ order: OrderReference, comments: String) async throws(ProviderError) -> CancellationOutcome {
        let reply = try await JSONCall(.post, ["ssl", "v1", "decline", order.rawValue], "declining the request")
            .with(body: DeclineBody(message: comments.cut(to: 512)))
            .send(to: writing) { FailureCodes.code(in: $0) == FailureCodes.wrongState }
        return reply.response.status.kind == .successful ? .cancelled : .tooLate
    }
}

private struct DeclineBody: Encodable {
    var message: String
}
