// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
public import PublicCA

/// The reader and the key maker, side by side as the engine wants them.
public struct Material: CertificateReading, KeyMaking {
    private let reader = X509Reader()
    private let maker = KeyMaker()

    public init() {}

    public func name(_ text: String) throws(MaterialError) -> SubjectAlternativeName { try reader.name(text) }
    public func signingRequest(_ bytes: Data) throws(MaterialError) -> CertificateSigningRequest {
        try reader.signingRequest(bytes)
    }
    public func facts(of request: CertificateSigningRequest) throws(MaterialError) -> SigningRequestFacts {
        try reader.facts(of: request)
    }
    public func facts(of certificate: Data) throws(MaterialError) -> CertificateFacts {
        try reader.facts(of: certificate)
    }
    public func arrange(_ chain: CertificateChain, leaf: PublicKeyDigest?) throws(MaterialError) -> CertificateChain {
        try reader.arrange(chain, leaf: leaf)
    }
    public func makeKey(_ algorithm: KeyAlgorithm) async throws(MaterialError) -> PrivateKey {
        try await maker.makeKey(algorithm)
    }
    public func signingRequest(
        for names: [SubjectAlternativeName], commonName: String, key: PrivateKey
    ) throws(MaterialError) -> CertificateSigningRequest {
        try maker.signingRequest(for: names, commonName: commonName, key: key)
    }
    public func key(_ bytes: Data) throws(MaterialError) -> PrivateKey { try maker.key(bytes) }
}
