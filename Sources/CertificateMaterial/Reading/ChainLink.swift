// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// What the sorting of a chain looks at in one certificate.
struct ChainLink {
    let fields: CertificateFields
    let hash: String
    let subject: String
    let issuer: String
    let isAuthority: Bool
    /// Signed by its own key. Its own name as issuer does not say so: a root's new key signed by its old one, and a
    /// leaf named like its CA, have that too.
    let isSelfSigned: Bool
    private let ownKey: [UInt8]?
    private let issuerKey: [UInt8]?

    init(_ der: Data) throws(MaterialError) {
        self.fields = try CertificateFields(der)
        self.hash = Fingerprint.sha256(der)
        // Compared as text: CAs write the same name in different string types and cases (RFC 5280 §7.1).
        self.subject = DistinguishedNameText.text(fields.subject).lowercased()
        self.issuer = DistinguishedNameText.text(fields.issuer).lowercased()
        self.isAuthority = try fields.isAuthority
        (self.ownKey, self.issuerKey) = try fields.keyIdentifiers
        self.isSelfSigned = subject == issuer && SignatureMemory.isSigned((der, hash), by: (der, hash))
    }

    /// Whether the other's key made the signature on it. Leaves are met once, so that nothing is kept of theirs.
    func isSigned(by other: ChainLink) -> Bool {
        guard isAuthority else { return SignatureCheck.isSigned(fields.der, by: other.fields.der) }
        return SignatureMemory.isSigned((fields.der, hash), by: (other.fields.der, other.hash))
    }

    /// Whether neither names nor key identifiers rule out that it was issued by the other.
    func admits(_ other: ChainLink) -> Bool {
        guard issuer == other.subject else { return false }
        guard let issuerKey, let otherKey = other.ownKey else { return true }
        return issuerKey == otherKey
    }

    /// Whether it names the other as its issuer by the key too, so that a wrong signature can only be damage.
    func designates(_ other: ChainLink) -> Bool {
        guard let issuerKey else { return false }
        return issuer == other.subject && issuerKey == other.ownKey
    }
}
