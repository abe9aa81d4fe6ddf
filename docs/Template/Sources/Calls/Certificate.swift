// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider {
    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        let answer = try await JSONCall(.get, ["certificates", reference.rawValue], "reading the certificate")
            .send(to: endpoint, for: CertificateAnswer.self)
        return CertificateSnapshot(
            state: StatusWords.certificateState(
                answer.status, revokedAt: answer.revokedAt.flatMap { Dates.date($0) },
                reason: answer.revocationReason.flatMap { RevocationCodes.reason($0) }),
            wording: answer.status, serialNumber: SerialNumber(answer.serial),
            chain: answer.chain.flatMap { CertificateChain(pem: $0) })
    }
}

private struct CertificateAnswer: Decodable {
    var status: String
    var serial: String
    /// PEM, leaf first; missing once the certificate is revoked.
    var chain: String?
    var revokedAt: String?
    var revocationReason: String?
}
