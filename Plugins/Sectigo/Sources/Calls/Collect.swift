// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        try await snapshot(of: reference, try await details(reference.rawValue, "reading the certificate"))
    }

    /// One reading of the details tells of both.
    func orderWithCertificate(_ reference: OrderReference) async throws(ProviderError) -> OrderWithCertificate? {
        let details = try await details(reference.rawValue, "reading the order")
        let order = details.snapshot(CertificateReference(reference.rawValue))
        guard case .issued(let certificate) = order.state else {
            return OrderWithCertificate(order: order, certificate: nil)
        }
        do throws(ProviderError) {
            return OrderWithCertificate(
                order: order, certificate: .success(try await snapshot(of: certificate, details)))
        } catch {
            return OrderWithCertificate(order: order, certificate: .failure(error))
        }
    }

    private func snapshot(
        of reference: CertificateReference, _ details: SSLDetails
    ) async throws(ProviderError) -> CertificateSnapshot {
        CertificateSnapshot(
            state: details.certificateState(details.status), wording: details.status, serialNumber: details.serial,
            chain: try await chain(of: reference.rawValue, isOver: StatusWords.isOver(details.status)))
    }

    /// The chain in whatever order SCM sends it; `nil` where a certificate that is over is no longer handed out.
    private func chain(of id: String, isOver: Bool) async throws(ProviderError) -> CertificateChain? {
        let reply = try await collect(id, as: "x509") { reply in
            let code = FailureCodes.code(in: reply)
            if code == FailureCodes.revokedAndGone { return true }
            if isOver { return FailureCodes.isForbidden(reply) || code.map(FailureCodes.notReady.contains) == true }
            return code == nil && reply.response.status == .badRequest
        }
        guard reply.response.status.kind == .successful, var chain = chain(in: reply) else {
            if isOver || FailureCodes.code(in: reply) == FailureCodes.revokedAndGone { return nil }
            // A refusal without a number, and an empty or odd answer with status 200, are more ways of saying "not yet".
            throw ProviderError(.transient(retryAfter: .seconds(10)), "collecting the certificate: it is not there yet")
        }
        if chain.certificates.count == 1 {
            // The leaf alone: the others come in a format of their own, where there are any.
            let issuers = try await collect(id, as: "x509IO") { FailureCodes.isForbidden($0) }
            chain.certificates += self.chain(in: issuers)?.certificates ?? []
        }
        return chain
    }

    private func collect(
        _ id: String, as format: String, orWhere isAnswer: (HTTPReply) -> Bool
    ) async throws(ProviderError) -> HTTPReply {
        try await JSONCall(
            .get, ["ssl", "v1", "collect", id], "collecting the certificate",
            query: [(name: "format", value: format)], accept: "*/*"
        ).send(to: reading, orWhere: isAnswer)
    }

    private func chain(in reply: HTTPReply) -> CertificateChain? {
        CertificateChain(pem: String(decoding: reply.body, as: UTF8.self))
    }
}
