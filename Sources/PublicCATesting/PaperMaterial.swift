// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import PublicCA

/// Signing requests and certificates for a CA that lives in a test: right in form, worthless in substance.
///
/// Keys are random octets and signatures are missing, so that neither a library nor a tool is needed. That is enough for
/// a provider, which hands bytes on unread, and for ``ProviderCheck``, which looks at key, serial number and names.
/// Whatever verifies a signature refuses them.
public enum PaperMaterial {
    /// A request (RFC 2986) with a key of its own, different each time.
    public static func signingRequest(commonName: String) -> CertificateSigningRequest {
        let content = DERWriting.sequence(
            Data([0x02, 1, 0]), DERWriting.name(commonName), publicKey(), DERWriting.element(0xa0, Data()))
        return CertificateSigningRequest(der: DERWriting.sequence(content, algorithm, signature))
    }

    /// A leaf (RFC 5280 §4.1) with the request's key and these names, then the certificate of its issuer.
    ///
    /// `nil` when the request cannot be read, which a CA has to refuse.
    ///
    /// - Parameters:
    ///   - request: whose key the leaf gets.
    ///   - names: the common name first.
    ///   - serialNumber: the leaf's.
    public static func chain(
        for request: CertificateSigningRequest, names: [SubjectAlternativeName], serialNumber: SerialNumber
    ) -> CertificateChain? {
        guard let key = DERText.publicKey(inRequest: request.der) else { return nil }
        let issuer = "A CA on paper"
        return CertificateChain(certificates: [
            certificate(key, of: names.first?.text ?? "", by: issuer, names: names, serialNumber),
            certificate(publicKey(), of: issuer, by: issuer, names: [], SerialNumber("01")),
        ])
    }

    private static func certificate(
        _ key: Data, of subject: String, by issuer: String, names: [SubjectAlternativeName], _ number: SerialNumber
    ) -> Data {
        let day = { (text: String) in DERWriting.element(0x17, Data(text.utf8)) }
        let content = DERWriting.sequence(
            DERWriting.element(0xa0, Data([0x02, 1, 2])), DERWriting.element(0x02, octets(of: number)), algorithm,
            DERWriting.name(issuer), DERWriting.sequence(day("260101000000Z"), day("360101000000Z")),
            DERWriting.name(subject), key, DERWriting.element(0xa3, DERWriting.extensions(naming: names)))
        return DERWriting.sequence(content, algorithm, signature)
    }

    /// A positive integer: a leading zero where the first bit would make it negative.
    private static func octets(of number: SerialNumber) -> Data {
        let digits = Array(number.rawValue)
        let octets = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return Data((octets.first ?? 0x80) < 0x80 ? octets : [0] + octets)
    }

    /// SubjectPublicKeyInfo for P-256 (RFC 5480 §2.1.1); the point is not on the curve.
    private static func publicKey() -> Data {
        let curve = DERWriting.sequence(
            DERWriting.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01),
            DERWriting.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07))
        let point = (0..<64).map { _ in UInt8.random(in: 0...255) }
        return DERWriting.sequence(curve, DERWriting.bits(Data([0x04] + point)))
    }

    /// ecdsa-with-SHA256 (RFC 5758 §3.2).
    private static let algorithm = DERWriting.sequence(
        DERWriting.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))

    private static let signature = DERWriting.bits(Data("no signature".utf8))
}
