// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    /// By serial number: a certificate that was replaced shares its number with its successor.
    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        let body = RevocationBody(
            reason: String(request.comments.prefix(512)), reasonCode: try RevocationCodes.code(request.reason),
            isCodeText: login.user == nil)
        let usual = request.serialNumber.octets
        if let outcome = try await revoke(usual, body) { return outcome }
        // Nobody has it under this spelling: the server's own may differ, in leading zeros or colons.
        let shown = try await details(request.certificate.rawValue, "reading the certificate's serial number")
        if shown.serial == request.serialNumber, let own = shown.serialNumber?.trimmed, own != usual,
            let outcome = try await revoke(own, body)
        {
            return outcome
        }
        throw ProviderError(.rejected, "revoking the certificate: SCM does not know serial number \(usual)")
    }

    /// `nil` where SCM knows no such serial number: nothing has happened then.
    private func revoke(_ serial: String, _ body: RevocationBody) async throws(ProviderError) -> RevocationOutcome? {
        let reply = try await JSONCall(
            .post, ["ssl", "v1", "revoke", "serial", serial], "revoking the certificate"
        ).with(body: body).send(to: writing) { reply in
            let code = FailureCodes.code(in: reply)
            return code == FailureCodes.alreadyRevoked || code.map(FailureCodes.unknown.contains) == true
                || reply.response.status == .notFound
        }
        if reply.response.status.kind == .successful { return .revoked }
        return FailureCodes.code(in: reply) == FailureCodes.alreadyRevoked ? .alreadyRevoked : nil
    }
}

extension SerialNumber {
    /// Upper-case hex with colons, as SCM writes it.
    fileprivate var octets: String {
        let digits = Array(rawValue.uppercased())
        return stride(from: 0, to: digits.count, by: 2).map { String(digits[$0..<min($0 + 2, digits.count)]) }
            .joined(separator: ":")
    }
}

private struct RevocationBody: Encodable {
    var reason: String
    var reasonCode: Int
    /// A number in the manual for users, and the same as a text in the one for API keys.
    var isCodeText: Bool

    private enum CodingKeys: CodingKey { case reason, reasonCode }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(reason, forKey: .reason)
        if isCodeText {
            try container.encode("\(reasonCode)", forKey: .reasonCode)
        } else {
            try container.encode(reasonCode, forKey: .reasonCode)
        }
    }
}
