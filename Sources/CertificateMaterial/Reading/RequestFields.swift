// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import SwiftASN1
import X509

/// The fields of a certificate signing request (RFC 2986 §4), read without judging its key or signature.
struct RequestFields {
    let der: Data
    let subject: DistinguishedName
    let publicKey: SubjectPublicKey
    /// As many lists as it carries: one, as a rule.
    let extensions: [Certificate.Extensions]

    init(_ der: Data) throws(MaterialError) {
        self = try MaterialError.attempt("this is not a certificate signing request, or it is damaged") {
            try Self(parsing: der)
        }
    }

    private init(parsing der: Data) throws {
        self.der = der
        let parts = try DER.sequence(DER.parse(Array(der)), identifier: .sequence) { outer in
            guard let information = outer.next(), let algorithm = outer.next(), let signature = outer.next() else {
                throw MaterialError("the certificate signing request is cut off")
            }
            return (information: information, algorithm: algorithm, signature: signature)
        }
        _ = try ASN1BitString(derEncoded: parts.signature)
        (self.subject, self.publicKey, self.extensions) = try DER.sequence(
            parts.information, identifier: .sequence
        ) { rest in
            // A certificate begins with a tagged version: it fails here.
            _ = try Int(derEncoded: &rest)
            let subject = try DistinguishedName(next: &rest)
            guard let key = rest.next() else { throw MaterialError("the request has no public key") }
            return (subject, try SubjectPublicKey(key), try Self.requestedExtensions(rest.next()))
        }
    }

    /// Every list of extensions among the attributes tagged 0; some writers leave the tag out altogether.
    ///
    /// There should be one. Of several, or under two types, nobody can tell which the CA will honour, so all count.
    private static func requestedExtensions(_ attributes: ASN1Node?) throws -> [Certificate.Extensions] {
        guard case .constructed(let nodes)? = attributes?.content else { return [] }
        return try nodes.flatMap(requestedExtensions(in:))
    }

    private static func requestedExtensions(in attribute: ASN1Node) throws -> [Certificate.Extensions] {
        try DER.sequence(attribute, identifier: .sequence) { fields in
            let type = try ASN1ObjectIdentifier(derEncoded: &fields)
            guard case .constructed(let values)? = fields.next()?.content else {
                throw MaterialError("an attribute of the request has no value")
            }
            return try extensionRequests.contains(type) ? values.map(ExtensionList.read) : []
        }
    }

    /// The attribute of RFC 2985 §5.4.2, and Microsoft's older one, which OpenSSL honours as well.
    private static let extensionRequests: [ASN1ObjectIdentifier] = [
        .CSRAttributes.extensionRequest, [1, 3, 6, 1, 4, 1, 311, 2, 1, 14],
    ]

    func facts() throws(MaterialError) -> SigningRequestFacts {
        let commonName = DistinguishedNameText.commonName(subject)
        return SigningRequestFacts(
            commonName: commonName.map(AlternativeNames.normalized),
            alternativeNames: try AlternativeNames.read(extensions),
            publicKey: publicKey.digest, keyAlgorithm: publicKey.algorithm,
            isSignatureValid: SignatureCheck.isSelfSigned(request: der))
    }
}
