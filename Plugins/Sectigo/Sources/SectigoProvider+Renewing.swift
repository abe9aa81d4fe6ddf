// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider: OrderRenewing {
    /// Takes nothing but the CSR, and how to validate; without one SCM would use the old key again. SCM copies the rest and chooses the term.
    func renew(_ predecessor: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference {
        let id = predecessor.certificate.rawValue
        // Somebody may have renewed it in the portal: that is paid for already.
        if try await details(id, "reading the certificate before its renewal").isRenewed == true {
            throw ProviderError(
                .rejected,
                "renewing the certificate: SCM shows that it was renewed already; import the successor, or order a new one"
            )
        }
        let answer = try await JSONCall(.post, ["ssl", "v1", "renewById", id], "renewing the certificate")
            .with(body: RenewalBody(csr: request.signingRequest.pem, dcvMode: dcvMode)).send(
                to: writing, for: EnrollAnswer.self)
        return OrderReference("\(answer.sslId)")
    }
}

private struct RenewalBody: Encodable {
    var csr: String
    var dcvMode: String?
}
