// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// Reads what others wrote: names, signing requests, certificates, chains.
public protocol CertificateReading: Sendable {
    /// A DNS name (IDNs as U-labels or A-labels, RFC 5891), a wildcard or an IP address in its normal form.
    ///
    /// Throws when it is none, with one sentence that says why.
    func name(_ text: String) throws(MaterialError) -> SubjectAlternativeName

    /// Takes PEM or DER.
    func signingRequest(_ bytes: Data) throws(MaterialError) -> CertificateSigningRequest
    func facts(of request: CertificateSigningRequest) throws(MaterialError) -> SigningRequestFacts

    /// - Parameter certificate: DER.
    func facts(of certificate: Data) throws(MaterialError) -> CertificateFacts

    /// Sorts a chain by who issued whom: leaf first, each followed by its issuer, strays left out.
    ///
    /// - Parameter leaf: the key that the leaf must have; `nil` to take the one certificate that issued none.
    /// Throws when no leaf can be told, or when a link's signature is wrong.
    func arrange(_ chain: CertificateChain, leaf: PublicKeyDigest?) throws(MaterialError) -> CertificateChain
}

/// Makes keys, and signing requests for them.
public protocol KeyMaking: Sendable {
    /// Throws when the algorithm is not one that can be made here.
    func makeKey(_ algorithm: KeyAlgorithm) async throws(MaterialError) -> PrivateKey

    /// A request (RFC 2986) for these names, the first of them being the common name, signed with the key.
    func signingRequest(
        for names: [SubjectAlternativeName], commonName: String, key: PrivateKey
    ) throws(MaterialError) -> CertificateSigningRequest

    /// Reads a key in PEM or DER (PKCS#8, PKCS#1 or SEC 1), not encrypted.
    func key(_ bytes: Data) throws(MaterialError) -> PrivateKey
}

/// Keeps secrets at rest.
public protocol Sealing: Sendable {
    /// - Parameter context: what the secret belongs to; opening asks for the same.
    func seal(_ secret: Data, for context: String) throws(MaterialError) -> Data
    /// Throws when it was not sealed here, or for something else.
    func open(_ sealed: Data, for context: String) throws(MaterialError) -> Data
}

/// A private key in clear: as short-lived as possible, never printed.
public struct PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// PKCS#8 (RFC 5958).
    public var der: Data
    public var publicKey: PublicKeyDigest
    public var algorithm: KeyAlgorithm

    public init(der: Data, publicKey: PublicKeyDigest, algorithm: KeyAlgorithm) {
        self.der = der
        self.publicKey = publicKey
        self.algorithm = algorithm
    }

    public var description: String { "<private key>" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// What is written in a signing request.
public struct SigningRequestFacts: Hashable, Sendable {
    public var commonName: String?
    public var alternativeNames: [SubjectAlternativeName]
    public var publicKey: PublicKeyDigest
    public var keyAlgorithm: KeyAlgorithm
    /// Whether the request is signed by its own key.
    public var isSignatureValid: Bool

    public init(
        commonName: String?, alternativeNames: [SubjectAlternativeName], publicKey: PublicKeyDigest,
        keyAlgorithm: KeyAlgorithm, isSignatureValid: Bool
    ) {
        self.commonName = commonName
        self.alternativeNames = alternativeNames
        self.publicKey = publicKey
        self.keyAlgorithm = keyAlgorithm
        self.isSignatureValid = isSignatureValid
    }
}

/// What is wrong with a name, a request, a certificate or a key: one sentence, without secrets.
public struct MaterialError: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
}
