// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// SCM's "replace": the number stays, and shows the old certificate until the new one is there.
extension SectigoProvider: OrderReissuing {
    /// Sectigo revokes replaced certificates at some customers and not at others.
    var predecessor: PredecessorFate { .unknown }

    func reissue(_ predecessor: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference {
        let id = predecessor.certificate.rawValue
        // Somebody may have replaced it in the portal: theirs is not ours to end.
        let shown = try await details(id, "reading the certificate before its replacement").serial
        if let shown, shown != predecessor.serialNumber {
            let number = Redaction(login.secrets)(shown.rawValue)
            throw ProviderError(
                .rejected,
                "replacing the certificate: SCM shows that it was replaced already, by one with serial number \(number)"
            )
        }
        let body = ReplacementBody(
            csr: request.signingRequest.pem, reason: request.reason.cut(to: 512), commonName: request.commonName,
            subjectAlternativeNames: request.alternativeNames.map(\.text).filter { $0 != request.commonName },
            dcvMode: dcvMode)
        _ = try await JSONCall(.post, ["ssl", "v1", "replace", id], "replacing the certificate")
            .with(body: body).send(to: writing)
        return predecessor.order
    }
}

private struct ReplacementBody: Encodable {
    var csr: String
    var reason: String
    var commonName: String
    /// A list here, unlike at an enrolment.
    var subjectAlternativeNames: [String]
    var dcvMode: String?
}
