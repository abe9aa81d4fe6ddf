// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Sorts a bag of certificates by who issued whom; the order in which they came never matters.
struct ChainOrder {
    /// What the sorting looks at.
    struct Link {
        let fields: CertificateFields
        let subject: String
        let issuer: String
        let isAuthority: Bool
        let ownKey: [UInt8]?
        let issuerKey: [UInt8]?

        init(_ der: Data) throws(MaterialError) {
            self.fields = try CertificateFields(der)
            // Compared as text: CAs write the same name in different string types and cases (RFC 5280 §7.1).
            self.subject = DistinguishedNameText.text(fields.subject).lowercased()
            self.issuer = DistinguishedNameText.text(fields.issuer).lowercased()
            self.isAuthority = try fields.isAuthority
            (self.ownKey, self.issuerKey) = try fields.keyIdentifiers
        }

        var isSelfIssued: Bool { subject == issuer }

        /// Whether names and key identifiers say that it was issued by the other.
        func claims(_ other: Link) -> Bool {
            guard issuer == other.subject else { return false }
            guard let issuerKey, let otherKey = other.ownKey else { return true }
            return issuerKey == otherKey
        }

        func isIssued(by other: Link) -> Bool {
            claims(other) && SignatureCheck.isSigned(fields.der, by: other.fields.der)
        }
    }

    private let links: [Link]

    init(_ certificates: [Data]) throws(MaterialError) {
        var seen: Set<Data> = []
        var links: [Link] = []
        for der in certificates where seen.insert(der).inserted { links.append(try Link(der)) }
        guard !links.isEmpty else { throw MaterialError("the chain holds no certificate") }
        // One order for every permutation of the same bag, newest first.
        self.links = links.sorted { ($1.fields.notBefore, $1.hash) < ($0.fields.notBefore, $0.hash) }
    }

    /// Leaf first, each followed by its issuer, as far as the bag reaches.
    func arranged(leaf key: PublicKeyDigest?) throws(MaterialError) -> [Data] {
        var path = [try leaf(key)]
        while let next = try issuer(of: path[path.count - 1], besides: path) { path.append(next) }
        return path.map(\.fields.der)
    }

    private func leaf(_ key: PublicKeyDigest?) throws(MaterialError) -> Link {
        guard let key else { return try onlyLeaf() }
        let matches = links.filter { $0.fields.publicKey.digest == key }
        // A key that was certified twice: the certificate that is no CA, then the newest.
        guard let leaf = matches.first(where: { !$0.isAuthority }) ?? matches.first else {
            throw MaterialError("no certificate in the chain has the key of the request")
        }
        return leaf
    }

    /// The one that issued none of the others; among several a stray CA is not meant.
    private func onlyLeaf() throws(MaterialError) -> Link {
        let childless = links.filter { link in
            !links.contains { $0.hash != link.hash && !$0.isSelfIssued && $0.isIssued(by: link) }
        }
        let entities = childless.filter { !$0.isAuthority && !$0.isSelfIssued }
        let preferences = [entities, childless.filter { !$0.isSelfIssued }, childless]
        guard let candidates = preferences.first(where: { !$0.isEmpty }) else {
            throw MaterialError("no leaf can be told: every certificate in the chain issued another")
        }
        guard candidates.count == 1 else {
            let names = candidates.map { DistinguishedNameText.text($0.fields.subject).quoted }.sorted()
            throw MaterialError("no leaf can be told among several: \(names.joined(separator: ", ")).")
        }
        return candidates[0]
    }

    /// Of a certificate that was issued twice, the one that signed itself: the shortest way to a root.
    private func issuer(of link: Link, besides path: [Link]) throws(MaterialError) -> Link? {
        guard !link.isSelfIssued || !link.isIssued(by: link) else { return nil }
        let claimed = links.filter { other in link.claims(other) && !path.contains { $0.hash == other.hash } }
        let issuers = claimed.filter { SignatureCheck.isSigned(link.fields.der, by: $0.fields.der) }
        if let other = claimed.first, issuers.isEmpty {
            let names = [link, other].map { DistinguishedNameText.text($0.fields.subject).quoted }
            throw MaterialError(
                "the signature on \(names[0]) is not that of \(names[1]), which it names as its issuer")
        }
        return issuers.first { $0.isSelfIssued } ?? issuers.first
    }
}

extension ChainOrder.Link {
    fileprivate var hash: String { Fingerprint.sha256(fields.der) }
}
