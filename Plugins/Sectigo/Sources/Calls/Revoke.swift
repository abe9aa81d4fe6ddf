// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    /// By serial number: a certificate that was replaced shares its number with its successor.
    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        let digits = Array(request.serialNumber.rawValue.uppercased())
        let serial = stride(from: 0, to: digits.count, by: 2).map { String(digits[$0..<min($0 + 2, digits.count)]) }
        let reason = String(request.comments.prefix(512))
        let code = try RevocationCodes.code(request.reason)
        let call = JSONCall(
            .post, ["ssl", "v1", "revoke", "serial", serial.joined(separator: ":")], "revoking the certificate")
        // A number in the manual for users, and the same as a text in the one for API keys.
        let written =
            login.user == nil
            ? try call.with(body: RevocationBody(reason: reason, reasonCode: "\(code)"))
            : try call.with(body: RevocationBody(reason: reason, reasonCode: code))
        let reply = try await written.send(to: writing) { FailureCodes.code(in: $0) == FailureCodes.alreadyRevoked }
        return reply.response.status.kind == .successful ? .revoked : .alreadyRevoked
    }
}

private struct RevocationBody<Code: Encodable>: Encodable {
    var reason: String
    var reasonCode: Code
}
