// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    /// By serial number: a certificate that was replaced shares its number with its successor.
    ///
    /// The manuals differ in how a reason is written, and a server may want a serial number in its own writing. Whatever
    /// is not understood did nothing: it is written otherwise, each way once.
    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        let code = try RevocationCodes.code(request.reason)
        let usual = SerialStyle.manual.write(request.serialNumber)
        var serial = usual
        var reasons = [ReasonCode.number(code), .text("\(code)"), .text(request.reason.name)][...]
        while let reason = reasons.first {
            let body = RevocationBody(reason: request.comments.cut(to: 512), reasonCode: reason)
            switch try await revoke(serial, body, isLast: reasons.count == 1) {
            case .ended(let outcome): return outcome
            case .notUnderstood: reasons.removeFirst()
            case .unknownSerial:
                // The writing is learned from whatever certificate is there by now; the number is ours all the same.
                let shown = try await details(request.certificate.rawValue, "reading the certificate's serial number")
                let own = shown.serialNumber?.trimmed ?? ""
                let other =
                    shown.serial == request.serialNumber ? own : SerialStyle(of: own).write(request.serialNumber)
                guard serial == usual, !own.isEmpty, other != usual else {
                    throw ProviderError(
                        .rejected, "revoking the certificate: SCM does not know serial number \(usual)")
                }
                serial = other
            }
        }
        throw ProviderError(.rejected, "revoking the certificate: SCM takes its reason in no form")
    }

    private enum RevocationReply {
        case ended(RevocationOutcome), unknownSerial, notUnderstood
    }

    /// - Parameter isLast: whether there is no other way to write it: then what is not understood is a failure.
    private func revoke(
        _ serial: String, _ body: RevocationBody, isLast: Bool
    ) async throws(ProviderError) -> RevocationReply {
        func meaning(_ reply: HTTPReply) -> RevocationReply? {
            let code = FailureCodes.code(in: reply)
            if code == FailureCodes.alreadyRevoked { return .ended(.alreadyRevoked) }
            if code.map(FailureCodes.unknown.contains) == true || reply.response.status == .notFound {
                return .unknownSerial
            }
            return !isLast && FailureCodes.isNotUnderstood(reply) ? .notUnderstood : nil
        }
        let reply = try await JSONCall(
            .post, ["ssl", "v1", "revoke", "serial", serial], "revoking the certificate"
        ).with(body: body).send(to: writing) { meaning($0) != nil }
        return reply.response.status.kind == .successful ? .ended(.revoked) : meaning(reply) ?? .ended(.revoked)
    }
}

private struct RevocationBody: Encodable {
    var reason: String
    var reasonCode: ReasonCode
}

/// A number in one manual, and one of a list of texts in the other.
private enum ReasonCode: Encodable {
    case number(Int), text(String)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}
