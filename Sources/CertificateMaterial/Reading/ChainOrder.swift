// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Sorts a bag of certificates by who issued whom; the order in which they came never matters.
///
/// Two certificates are linked only where the signature holds. A certificate of the issuer's name alone, without key
/// identifiers, that did not sign is a stray and left out; one whose key identifier matches as well is an error, since
/// then one of the two was damaged on the way.
struct ChainOrder {
    /// The most signatures looked at between certificates: a bag made to keep us busy has no end of them.
    private static let mostSignatures = 1000

    private let links: [ChainLink]
    /// Who issued each link, newest first, both by their place in `links`.
    private let issuers: [[Int]]

    init(_ certificates: [Data]) throws(MaterialError) {
        var seen: Set<Data> = []
        var unordered: [ChainLink] = []
        for der in certificates where seen.insert(der).inserted { unordered.append(try ChainLink(der)) }
        guard !unordered.isEmpty else { throw MaterialError("the chain holds no certificate") }
        // One order for every permutation of the same bag, newest first.
        let links = unordered.sorted { ($1.fields.notBefore, $1.hash) < ($0.fields.notBefore, $0.hash) }
        let places = Dictionary(grouping: links.indices) { links[$0].subject }
        var issuers: [[Int]] = []
        var signatures = 0
        for (place, link) in links.enumerated() {
            let possible = places[link.issuer, default: []].filter { $0 != place && link.admits(links[$0]) }
            signatures += possible.count
            guard signatures <= Self.mostSignatures else {
                throw MaterialError("the chain holds too many certificates under one name to be sorted")
            }
            issuers.append(possible.filter { link.isSigned(by: links[$0]) })
        }
        self.links = links
        self.issuers = issuers
    }

    /// Leaf first, each followed by its issuer, as far as the bag reaches.
    ///
    /// Of several ways the shortest to a certificate that signed itself; where there is none, the farthest.
    func arranged(leaf key: PublicKeyDigest?) throws(MaterialError) -> [Data] {
        let leaf = try leaf(key)
        let paths = paths(from: leaf)
        let complete = paths.filter { links[$0.top].isSelfSigned }
        let open = paths.filter { issuers[$0.top].isEmpty && damagedIssuer(of: $0.top) == nil }
        let path = complete.first ?? Self.farthest(open) ?? Self.farthest(paths) ?? [leaf]
        if !links[path.top].isSelfSigned, let issuer = damagedIssuer(of: path.top) {
            let names = [path.top, issuer].map(name)
            throw MaterialError(
                "the signature on \(names[0]) is not that of \(names[1]), which it names as its issuer")
        }
        return path.map { links[$0].fields.der }
    }

    private static func farthest(_ paths: [[Int]]) -> [Int]? { paths.max { $0.count < $1.count } }

    /// The nearest way to every certificate above the leaf, nearer ones first: each is visited once.
    private func paths(from leaf: Int) -> [[Int]] {
        var paths = [[leaf]]
        var seen: Set = [leaf]
        var position = 0
        while position < paths.count {
            let path = paths[position]
            position += 1
            guard !links[path.top].isSelfSigned else { continue }
            for issuer in issuers[path.top] where seen.insert(issuer).inserted { paths.append(path + [issuer]) }
        }
        return paths
    }

    /// What a link without an issuer designates as such all the same.
    private func damagedIssuer(of place: Int) -> Int? {
        guard issuers[place].isEmpty else { return nil }
        return links.indices.first { $0 != place && links[place].designates(links[$0]) }
    }

    private func leaf(_ key: PublicKeyDigest?) throws(MaterialError) -> Int {
        guard let key else { return try onlyLeaf() }
        let matches = links.indices.filter { links[$0].fields.publicKey.digest == key }
        // A key that was certified twice: the certificate that is no CA, then the newest.
        guard let leaf = matches.first(where: { !links[$0].isAuthority }) ?? matches.first else {
            throw MaterialError("no certificate in the chain has the key of the request")
        }
        return leaf
    }

    /// The one that issued none of the others; among several a stray CA is not meant.
    private func onlyLeaf() throws(MaterialError) -> Int {
        let parents = Set(links.indices.filter { !links[$0].isSelfSigned }.flatMap { issuers[$0] })
        let childless = links.indices.filter { !parents.contains($0) }
        // The oldest roots do not say that they are CAs.
        let entities = childless.filter { !links[$0].isAuthority && !links[$0].isSelfSigned }
        let preferences = [entities, childless.filter { !links[$0].isSelfSigned }, childless]
        guard let candidates = preferences.first(where: { !$0.isEmpty }) else {
            throw MaterialError("no leaf can be told: every certificate in the chain issued another")
        }
        guard candidates.count == 1 else {
            throw MaterialError(
                "no leaf can be told among several: \(candidates.map(name).sorted().joined(separator: ", "))")
        }
        return candidates[0]
    }

    private func name(_ place: Int) -> String { DistinguishedNameText.text(links[place].fields.subject).quoted }
}

extension [Int] {
    /// The certificate at which a path ends; a path holds the leaf at least.
    fileprivate var top: Int { self[count - 1] }
}
