// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Crypto
import Foundation
import LifecycleModel
import PublicCA
import Testing
import X509

struct ChainOrderTests {
    let reader = X509Reader()

    private func arrange(_ bag: [Data], leaf: PublicKeyDigest? = nil) throws -> [Data] {
        try reader.arrange(CertificateChain(certificates: bag), leaf: leaf).certificates
    }

    private func permutations(_ bag: [Data]) -> [[Data]] {
        guard let first = bag.first else { return [[]] }
        return permutations(Array(bag.dropFirst())).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
        }
    }

    @Test(arguments: [true, false])
    func `every order of a chain with strays and duplicates comes out leaf first`(hasKeyIdentifiers: Bool) throws {
        let root = try TestAuthority.root("Root", hasKeyIdentifiers: hasKeyIdentifiers)
        let upper = try root.authority("Upper")
        let lower = try upper.authority("Lower")
        let leaf = try lower.leaf("www.example.org")
        let strays = [try TestAuthority.root("Stray").der, try TestAuthority.root("Another").der]
        let chain = [leaf, lower.der, upper.der, root.der]
        for bag in permutations(chain + strays) {
            #expect(try arrange(bag + [lower.der]) == chain)
        }
        for bag in permutations([leaf, lower.der, upper.der]) {
            #expect(try arrange(bag) == [leaf, lower.der, upper.der])
        }
    }

    @Test func `a gap ends the chain, and what is beyond it is a stray`() throws {
        let root = try TestAuthority.root("Root")
        let upper = try root.authority("Upper")
        let lower = try upper.authority("Lower")
        let leaf = try lower.leaf("www.example.org")
        let key = try reader.facts(of: leaf).publicKey
        #expect(try arrange([root.der, leaf, lower.der]) == [leaf, lower.der])
        #expect(try arrange([root.der, upper.der, leaf], leaf: key) == [leaf])
    }

    @Test func `among several leaves the key decides`() throws {
        let root = try TestAuthority.root("Root")
        let (one, two) = (try root.leaf("one.example.org"), try root.leaf("two.example.org"))
        #expect(throws: MaterialError.self) { try arrange([one, two, root.der]) }
        #expect(try arrange([one, root.der, two], leaf: reader.facts(of: two).publicKey) == [two, root.der])
        #expect(try arrange([one, root.der, two], leaf: reader.facts(of: one).publicKey) == [one, root.der])
        #expect(throws: MaterialError.self) { try arrange([one, root.der], leaf: reader.facts(of: two).publicKey) }
    }

    @Test func `of two certificates of one key the newer is the leaf`() throws {
        let root = try TestAuthority.root("Root")
        let key = Certificate.PublicKey(P256.Signing.PrivateKey().publicKey)
        let old = try root.leaf("www.example.org", key: key, start: TestAuthority.start.addingTimeInterval(-86_400))
        let new = try root.leaf("www.example.org", key: key)
        for bag in permutations([old, new, root.der]) {
            #expect(try arrange(bag, leaf: reader.facts(of: new).publicKey) == [new, root.der])
        }
    }

    @Test(arguments: [-86_400, 86_400])
    func `a cross-signed root is used where the root itself is not there`(age: Double) throws {
        let old = try TestAuthority.root("Old root")
        let root = try TestAuthority.root("New root", start: TestAuthority.start.addingTimeInterval(age))
        let cross = try old.authority("New root", key: root.key)
        let leaf = try root.leaf("www.example.org")
        for bag in permutations([leaf, cross.der, old.der]) { #expect(try arrange(bag) == [leaf, cross.der, old.der]) }
        for bag in permutations([leaf, cross.der, old.der, root.der]) { #expect(try arrange(bag) == [leaf, root.der]) }
    }

    @Test func `two authorities that certified each other do not make a circle`() throws {
        let (east, west) = (try TestAuthority.root("East"), try TestAuthority.root("West"))
        let eastByWest = try west.authority("East", key: east.key)
        let westByEast = try east.authority("West", key: west.key)
        let leaf = try east.leaf("www.example.org")
        for bag in permutations([leaf, eastByWest.der, westByEast.der]) {
            #expect(try arrange(bag) == [leaf, eastByWest.der, westByEast.der])
        }
        #expect(throws: MaterialError.self) { try arrange([eastByWest.der, westByEast.der]) }
    }

    @Test(arguments: [-86_400, 86_400])
    func `of a cross-signed intermediate the one whose issuer is there is taken`(age: Double) throws {
        let (absent, root) = (try TestAuthority.root("Absent"), try TestAuthority.root("Root"))
        let lower = try root.authority("Lower")
        let cross = try absent.sign(
            lower.name, .init(lower.key.publicKey), isAuthority: true, names: [],
            start: TestAuthority.start.addingTimeInterval(age))
        let leaf = try lower.leaf("www.example.org")
        for bag in permutations([leaf, cross, lower.der, root.der]) {
            #expect(try arrange(bag) == [leaf, lower.der, root.der])
        }
        // Without any root the way that leads farther.
        let upper = try root.authority("Upper")
        let longer = try upper.sign(lower.name, .init(lower.key.publicKey), isAuthority: true, names: [])
        for bag in permutations([leaf, cross, longer, upper.der]) {
            #expect(try arrange(bag) == [leaf, longer, upper.der])
        }
    }

    @Test func `a leaf that bears its issuer's name is no root`() throws {
        let root = try TestAuthority.root("www.example.org")
        let leaf = try root.leaf("www.example.org")
        for bag in permutations([leaf, root.der]) { #expect(try arrange(bag) == [leaf, root.der]) }
    }

    @Test(arguments: [-86_400, 86_400])
    func `a root's new key signed by its old one does not stand in for the root`(age: Double) throws {
        let old = try TestAuthority.root("Root")
        let root = try TestAuthority.root("Root")
        let link = try old.sign(
            root.name, .init(root.key.publicKey), isAuthority: true, names: [],
            start: TestAuthority.start.addingTimeInterval(age))
        let leaf = try root.leaf("www.example.org")
        for bag in permutations([leaf, root.der, link, old.der]) { #expect(try arrange(bag) == [leaf, root.der]) }
        for bag in permutations([leaf, link, old.der]) { #expect(try arrange(bag) == [leaf, link, old.der]) }
    }

    @Test func `a bag made to keep us busy is refused, or sorted at once`() throws {
        let root = try TestAuthority.root("Root", hasKeyIdentifiers: false)
        let leaf = try root.leaf("www.example.org")
        let names = try (0..<40).map { _ in try root.authority("Root").der }
        let error = #expect(throws: MaterialError.self) { try arrange([leaf, root.der] + names) }
        #expect(error?.description.contains("too many") == true)
        // Ten ways at each of ten storeys: more paths than anybody can walk.
        var storey = root
        var bag = [leaf, root.der]
        for level in 0..<10 {
            let upper = try TestAuthority.root("Storey \(level)", hasKeyIdentifiers: false)
            for _ in 0..<10 {
                bag.append(try upper.sign(storey.name, .init(storey.key.publicKey), isAuthority: true, names: []))
            }
            storey = upper
        }
        let key = try reader.facts(of: leaf).publicKey
        #expect(try arrange(bag, leaf: key) == [leaf, root.der])
    }

    @Test func `another key under the issuer's name is a stray where identifiers tell them apart`() throws {
        let root = try TestAuthority.root("Root")
        let other = try TestAuthority.root("Root")
        let leaf = try root.leaf("www.example.org")
        for bag in permutations([leaf, root.der, other.der]) { #expect(try arrange(bag) == [leaf, root.der]) }
        #expect(try arrange([leaf, other.der], leaf: reader.facts(of: leaf).publicKey) == [leaf])
    }

    @Test func `a wrong signature on a link is refused`() throws {
        let root = try TestAuthority.root("Root")
        let lower = try root.authority("Lower")
        var leaf = try lower.leaf("www.example.org")
        leaf[leaf.endIndex - 1] ^= 1
        for bag in permutations([leaf, lower.der, root.der]) {
            let error = #expect(throws: MaterialError.self) { try arrange(bag) }
            #expect(error?.description.contains("CN=www.example.org") == true)
        }
    }

    @Test func `a CA's certificate that was sound once is looked at again when it comes damaged`() throws {
        let root = try TestAuthority.root("Root")
        let lower = try root.authority("Lower")
        let leaf = try lower.leaf("www.example.org")
        #expect(try arrange([leaf, lower.der, root.der]) == [leaf, lower.der, root.der])
        var damaged = lower.der
        damaged[damaged.endIndex - 1] ^= 1
        #expect(throws: MaterialError.self) { try arrange([leaf, damaged, root.der]) }
        #expect(try arrange([leaf, lower.der, root.der]) == [leaf, lower.der, root.der])
    }

    @Test func `a stray of the issuer's name that did not sign is left out where no identifier names it`() throws {
        let root = try TestAuthority.root("Root", hasKeyIdentifiers: false)
        let leaf = try root.leaf("www.example.org")
        for hasKeyIdentifiers in [true, false] {
            let stray = try TestAuthority.root("Root", hasKeyIdentifiers: hasKeyIdentifiers)
            for bag in permutations([leaf, stray.der]) { #expect(try arrange(bag) == [leaf]) }
            for bag in permutations([leaf, stray.der, root.der]) { #expect(try arrange(bag) == [leaf, root.der]) }
        }
        let other = try TestAuthority.root("Root").leaf("www.example.org")
        for bag in permutations([other, root.der]) { #expect(try arrange(bag) == [other]) }
    }

    @Test func `lone certificates and empty bags`() throws {
        let root = try TestAuthority.root("Root")
        let leaf = try root.leaf("www.example.org")
        #expect(try arrange([leaf]) == [leaf])
        #expect(try arrange([root.der]) == [root.der])
        #expect(throws: MaterialError.self) { try arrange([]) }
        #expect(throws: MaterialError.self) { try arrange([leaf, Data("junk".utf8)]) }
    }

    @Test func `a leaf that says that it is no CA, against DER, is read as none`() throws {
        let root = try TestAuthority.root("Root")
        let bytes = try root.leaf("www.example.org", constraints: [0x30, 3, 1, 1, 0])
        for bag in permutations([bytes, root.der]) { #expect(try arrange(bag) == [bytes, root.der]) }
    }
}
