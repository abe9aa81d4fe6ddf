// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider {
    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        let body = RevocationBody(
            certificate: request.certificate.rawValue, serial: request.serialNumber.rawValue,
            reason: try RevocationCodes.code(request.reason), note: request.comments)
        let reply = try await JSONCall(.post, ["revocations"], "revoking the certificate").with(body: body)
            .send(to: endpoint) { FailureCodes.code(in: $0) == FailureCodes.alreadyRevoked }
        // The CA answers 202 where its people look at a revocation first.
        return switch reply.response.status {
        case .accepted: .accepted
        case .conflict: .alreadyRevoked
        default: .revoked
        }
    }
}

private struct RevocationBody: Encodable {
    var certificate: String
    /// The CA refuses when this is not the certificate's.
    var serial: String
    var reason: String
    var note: String
}
