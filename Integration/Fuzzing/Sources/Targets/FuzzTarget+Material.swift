// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA

/// Certificates, requests and keys as others write them.
extension FuzzTarget {
    /// Every block that is read is written, and read again.
    static let pem = FuzzTarget("pem", longest: 4096) { bytes in
        guard let blocks = try refusable({ () throws(MaterialError) in try PEMText.blocks(in: bytes) }) else { return }
        for block in blocks where !block.der.isEmpty {
            let again = try PEMText.blocks(in: Data(PEMText.text(block.label, block.der).utf8))
            try expect(again.map(\.label) == [block.label], "the label \(block.label.debugDescription) is lost")
            try expect(again.map(\.der) == [block.der], "a block's bytes are lost")
        }
    }

    /// A chain in PEM, DER or PKCS#7: what is read can be written in each form, and comes back as it was.
    static let chain = FuzzTarget("chain", longest: 8192) { bytes in
        let reader = X509Reader()
        guard let chain = try refusable({ () throws(MaterialError) in try reader.chain(bytes) }) else { return }
        try expect(!chain.certificates.isEmpty, "a chain without a certificate")
        for form in ChainFormat.allCases {
            let again = try reader.chain(try form.write(chain))
            let expected = form == .der ? Array(chain.certificates.prefix(1)) : chain.certificates
            try expect(again.certificates == expected, "as \(form.rawValue) the chain is another")
        }
        let sorted = try refusable { () throws(MaterialError) in try reader.arrange(chain, leaf: nil) }
        guard let sorted else { return }
        try expect(Set(sorted.certificates).isSubset(of: chain.certificates), "a certificate came from nowhere")
        let backwards = CertificateChain(certificates: chain.certificates.reversed())
        try expect(try reader.arrange(backwards, leaf: nil) == sorted, "the order in which they came matters")
        let leaf = try refusable { () throws(MaterialError) in try reader.facts(of: sorted.certificates[0]).publicKey }
        guard let leaf else { return }
        let again = try refusable { () throws(MaterialError) in try reader.arrange(chain, leaf: leaf) }
        try expect(again?.certificates.isEmpty != true, "the leaf's own key leads to nothing")
    }

    /// One certificate in DER: what is read of it can be kept, and its names are in normal form.
    static let certificate = FuzzTarget("certificate", longest: 4096) { bytes in
        let reader = X509Reader()
        guard let facts = try refusable({ () throws(MaterialError) in try reader.facts(of: bytes) }) else { return }
        try Kept.check(facts)
        try Names.check(facts.alternativeNames, reader)
        try expect(facts.sha256 == Fingerprint.sha256(bytes), "the fingerprint is of something else")
    }

    /// A signing request in PEM or DER.
    static let request = FuzzTarget("request", longest: 4096) { bytes in
        let reader = X509Reader()
        let request = try refusable { () throws(MaterialError) in try reader.signingRequest(bytes) }
        guard let request else { return }
        try expect(try reader.signingRequest(request.der) == request, "the request's own bytes are another request")
        let text = Data(PEMText.text("CERTIFICATE REQUEST", request.der).utf8)
        try expect(try reader.signingRequest(text) == request, "as PEM the request is another")
        guard let facts = try refusable({ () throws(MaterialError) in try reader.facts(of: request) }) else { return }
        try Names.check(facts.alternativeNames, reader)
    }

    /// A private key in PEM or DER: what is read is written as PKCS#8, and is the same key.
    static let key = FuzzTarget("key", longest: 4096) { bytes in
        let maker = KeyMaker()
        guard let key = try refusable({ () throws(MaterialError) in try maker.key(bytes) }) else { return }
        let again = try maker.key(key.der)
        try expect(again.der == key.der, "the key's own bytes are another key")
        try expect(again.publicKey == key.publicKey && again.algorithm == key.algorithm, "its public key is another")
    }

    /// What was sealed here opens for what it was sealed for, and nothing else does.
    static let sealed = FuzzTarget("sealed", longest: 512) { bytes in
        let sealer = Sealer(Self.master)
        _ = try refusable { () throws(MaterialError) in try sealer.open(bytes, for: "key:1") }
        var sealed = try sealer.seal(bytes, for: "key:1")
        try expect(try sealer.open(sealed, for: "key:1") == bytes, "what was sealed is another")
        try expect(SealedForm.masterKey(of: sealed) != nil, "what was sealed does not say with what")
        let place = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff } % sealed.count
        sealed[place] ^= 1 << ((bytes.first ?? 0) % 8)
        let opened = try refusable { () throws(MaterialError) in try sealer.open(sealed, for: "key:1") }
        try expect(opened == nil, "what was changed at \(place) opens")
        _ = try refusable { () throws(MaterialError) in
            try MasterKey(Secret(String(decoding: bytes, as: UTF8.self)))
        }
    }

    private static let master = MasterKey()
}
