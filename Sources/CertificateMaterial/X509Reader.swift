// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
public import PublicCA

/// Reads names, signing requests (RFC 2986), certificates and chains (RFC 5280) as people, tools and CAs write them.
public struct X509Reader: CertificateReading {
    public init() {}

    public func name(_ text: String) throws(MaterialError) -> SubjectAlternativeName {
        try NameReading.name(text)
    }

    public func signingRequest(_ bytes: Data) throws(MaterialError) -> CertificateSigningRequest {
        let der = try Self.requestBytes(bytes)
        _ = try RequestFields(der)
        return CertificateSigningRequest(der: der)
    }

    public func facts(of request: CertificateSigningRequest) throws(MaterialError) -> SigningRequestFacts {
        try RequestFields(request.der).facts()
    }

    public func facts(of certificate: Data) throws(MaterialError) -> CertificateFacts {
        try CertificateFields(certificate).facts
    }

    /// Sorts by name, key identifier and signature; see ``CertificateReading/arrange(_:leaf:)``.
    ///
    /// A certificate of the issuer's name that did not sign is left out as a stray where no key identifier names it, so
    /// that the chain ends there; where one does, this throws. Of several ways the shortest to a certificate that signed
    /// itself is taken, else the farthest. A bag with too many certificates under one name is refused.
    public func arrange(
        _ chain: CertificateChain, leaf: PublicKeyDigest?
    ) throws(MaterialError) -> CertificateChain {
        CertificateChain(certificates: try ChainOrder(chain.certificates).arranged(leaf: leaf))
    }

    /// All certificates in PEM, in PKCS#7 (PEM or DER), or the one in DER, in the order in which they stand there.
    ///
    /// Throws when there are none, or when one is damaged.
    public func chain(_ bytes: Data) throws(MaterialError) -> CertificateChain {
        var certificates: [Data] = []
        switch try FileContents(bytes) {
        case .text(let blocks): for block in blocks { certificates += try Self.certificates(in: block) }
        case .binary(let bytes):
            certificates = try PKCS7Bag.isFound(in: bytes) ? PKCS7Bag.certificates(in: bytes) : [bytes]
        }
        for certificate in certificates { _ = try CertificateFields(certificate) }
        guard !certificates.isEmpty else { throw MaterialError("there is no certificate in it") }
        return CertificateChain(certificates: certificates)
    }

    private static func certificates(in block: PEMText.Block) throws(MaterialError) -> [Data] {
        switch block.label {
        case "CERTIFICATE", "X509 CERTIFICATE": [block.der]
        case "PKCS7", "PKCS #7 SIGNED DATA", "CMS": try PKCS7Bag.certificates(in: block.der)
        default: []
        }
    }

    /// The labels of RFC 7468 §7 and of Java's keytool.
    private static func requestBytes(_ bytes: Data) throws(MaterialError) -> Data {
        guard !bytes.isEmpty else { throw MaterialError("the certificate signing request is empty") }
        let blocks: [PEMText.Block]
        switch try FileContents(bytes) {
        case .binary(let der): return der
        case .text(let found): blocks = found
        }
        let requests = blocks.filter { ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"].contains($0.label) }
        guard let request = requests.first else {
            let found = blocks.map(\.label.quoted).joined(separator: ", ")
            throw MaterialError("there is no certificate signing request in it, but \(found)")
        }
        guard requests.count == 1 else {
            throw MaterialError("there is more than one certificate signing request in it")
        }
        return request.der
    }
}
