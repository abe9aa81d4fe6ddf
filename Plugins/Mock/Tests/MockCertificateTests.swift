// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import MockProvider
import PublicCA
import PublicCATesting
import SwiftASN1
import Testing
import X509
import _CryptoExtras

@Suite struct MockCertificateTests {
    static let keys: [(name: String, make: @Sendable () throws -> Certificate.PrivateKey)] = [
        ("rsa-2048", { .init(try _RSA.Signing.PrivateKey(keySize: .bits2048)) }),
        ("rsa-3072", { .init(try _RSA.Signing.PrivateKey(keySize: .bits3072)) }),
        ("ec-p256", { .init(P256.Signing.PrivateKey()) }),
        ("ec-p384", { .init(P384.Signing.PrivateKey()) }),
        ("ec-p521", { .init(P521.Signing.PrivateKey()) }),
    ]

    @Test(.enabled(if: OpenSSL.isExpected, "openssl is missing"), arguments: keys.indices)
    func `openssl accepts leaf and chain, whatever the key`(index: Int) async throws {
        let (name, make) = Self.keys[index]
        let ca = MockCA()
        let key = try make()
        let wish = try Wish("www.example.org", "*.example.org", "192.0.2.7", "2001:db8::7", privateKey: key)
        let order = try await ca.provider.place(wish.request)
        let snapshot = try await ca.provider.collect(order)
        let details = try await ca.provider.order(order).details
        #expect(details?.keyAlgorithm == KeyAlgorithm(name))
        let leaf = try #require(try snapshot.parsed.first)
        #expect(leaf.publicKey == key.publicKey)
        #expect(leaf.serialNumber.bytes.count == 16 && leaf.serialNumber.bytes.first.map { $0 < 0x80 } == true)
        let names = try #require(try leaf.extensions.subjectAlternativeNames)
        #expect(
            Array(names) == [
                .dnsName("www.example.org"), .dnsName("*.example.org"),
                .ipAddress(ASN1OctetString(contentBytes: [192, 0, 2, 7])),
                .ipAddress(ASN1OctetString(contentBytes: [0x20, 1, 0xd, 0xb8] + Array(repeating: 0, count: 11) + [7])),
            ])
        let certificates = try #require(snapshot.chain?.certificates)
        let root = try await ca.root
        #expect(certificates.last == root)
        let verdict = try await OpenSSL.verify(certificates)
        #expect(verdict.output.contains("leaf.pem: OK"), "\(verdict.output)")
        let text = try await OpenSSL.text(certificates[0])
        for line in [
            "TLS Web Server Authentication", "http://mock-ca.invalid/issuing-1.crl",
            "http://mock-ca.invalid/issuing-1.crt", "CA:FALSE", "Authority Key Identifier", "Digital Signature",
        ] {
            #expect(text.contains(line), "\(line)")
        }
    }

    @Test(.enabled(if: OpenSSL.isExpected, "openssl is missing"))
    func `a common name of more than 64 characters is left to the names`() async throws {
        let long = String(repeating: "a", count: 50) + "." + String(repeating: "b", count: 20) + ".example.org"
        let ca = MockCA()
        let wish = try Wish("placeholder.example.org")
        var request = wish.request
        request.commonName = long
        request.alternativeNames = [.dnsName(long)]
        let snapshot = try await ca.provider.collect(try await ca.provider.place(request))
        let leaf = try #require(try snapshot.parsed.first)
        #expect(leaf.subject.isEmpty)
        #expect(try leaf.extensions.subjectAlternativeNames.map { Array($0) } == [.dnsName(long)])
        #expect(try await OpenSSL.verify(try #require(snapshot.chain?.certificates)).output.contains("leaf.pem: OK"))
    }

    @Test func `validity follows the term, by the CA's date`() async throws {
        let time = TestTime()
        let provider = MockCA(now: time.now).provider
        let snapshot = try await provider.collect(try await provider.place(try Wish("a.example.org", term: 47).request))
        let leaf = try #require(try snapshot.parsed.first)
        #expect(leaf.notValidBefore < time.now())
        #expect(leaf.notValidAfter == time.now().addingTimeInterval(47 * 86400))
    }

    @Test func `two orders of one CA, and two CAs, never share a serial number`() async throws {
        var serials: Set<SerialNumber> = []
        for ca in [MockCA(), MockCA()] {
            for _ in 0..<3 { serials.insert(try await ca.provider.obtain(try Wish("www.example.org")).serialNumber) }
        }
        #expect(serials.count == 6)
    }

    @Test func `a signing request that its key did not sign is refused`() async throws {
        let provider = MockCA().provider
        var request = try Wish("www.example.org").request
        request.signingRequest.der[request.signingRequest.der.count - 5] ^= 1
        let wronglySigned = await failure(of: { () throws(ProviderError) in try await provider.place(request) })
        #expect(wronglySigned?.disposition == .rejected)
        request.signingRequest.der = Data("no request".utf8)
        let unreadable = await failure(of: { () throws(ProviderError) in try await provider.place(request) })
        #expect(unreadable?.disposition == .rejected)
    }
}
