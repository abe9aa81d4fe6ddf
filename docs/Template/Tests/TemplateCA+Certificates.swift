// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA

extension TemplateCA {
    func certificate(_ id: String, _ state: State) -> HTTPReply {
        guard let order = state.orders.first(where: { $0.certificate == id && $0.status == "issued" }) else {
            return failure(404, "unknown-certificate", "no such certificate")
        }
        var answer: [String: Any] = ["serial": order.serial.rawValue.uppercased()]
        if let reason = order.revokedFor {
            answer["status"] = "revoked"
            answer["revocationReason"] = reason
            answer["revokedAt"] = "2026-01-02T03:04:05Z"
        } else {
            answer["status"] = "active"
            answer["chain"] = order.chain.map { pem($0) }
        }
        return reply(answer)
    }

    func revoke(_ body: [String: any Sendable], _ state: inout State) -> HTTPReply {
        guard let index = state.orders.firstIndex(where: { $0.certificate == body["certificate"] as? String }) else {
            return failure(422, "unknown-certificate", "no such certificate")
        }
        guard let serial = body["serial"] as? String, SerialNumber(serial) == state.orders[index].serial else {
            return failure(422, "serial-differs", "the certificate has another serial number")
        }
        guard state.orders[index].revokedFor == nil else {
            return failure(409, "already-revoked", "it was revoked before")
        }
        state.orders[index].revokedFor = body["reason"] as? String ?? "none"
        state.orders[index].revision += 1
        return reply(["status": "revoked"])
    }

    private func pem(_ chain: CertificateChain) -> String {
        chain.certificates.map { der in
            "-----BEGIN CERTIFICATE-----\n\(der.base64EncodedString())\n-----END CERTIFICATE-----\n"
        }.joined()
    }
}
