// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleModel
import PublicCA

/// The real readers and the real key maker, side by side as the engine wants them.
struct TestMaterial: CertificateReading, KeyMaking {
    private let reader = X509Reader()
    private let maker = KeyMaker()

    func name(_ text: String) throws(MaterialError) -> SubjectAlternativeName { try reader.name(text) }
    func signingRequest(_ bytes: Data) throws(MaterialError) -> CertificateSigningRequest {
        try reader.signingRequest(bytes)
    }
    func facts(of request: CertificateSigningRequest) throws(MaterialError) -> SigningRequestFacts {
        try reader.facts(of: request)
    }
    func facts(of certificate: Data) throws(MaterialError) -> CertificateFacts { try reader.facts(of: certificate) }
    func arrange(_ chain: CertificateChain, leaf: PublicKeyDigest?) throws(MaterialError) -> CertificateChain {
        try reader.arrange(chain, leaf: leaf)
    }
    func makeKey(_ algorithm: KeyAlgorithm) async throws(MaterialError) -> PrivateKey {
        try await maker.makeKey(algorithm)
    }
    func signingRequest(
        for names: [SubjectAlternativeName], commonName: String, key: PrivateKey
    ) throws(MaterialError) -> CertificateSigningRequest {
        try maker.signingRequest(for: names, commonName: commonName, key: key)
    }
    func key(_ bytes: Data) throws(MaterialError) -> PrivateKey { try maker.key(bytes) }
}
