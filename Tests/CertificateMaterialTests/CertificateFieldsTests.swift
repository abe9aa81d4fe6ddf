// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Crypto
import Foundation
import LifecycleModel
import PublicCA
import SwiftASN1
import Testing
import X509

struct CertificateFieldsTests {
    let reader = X509Reader()
    static let trustStore = URL(filePath: "/etc/ssl/certs")

    private static var isTrustStoreThere: Bool { FileManager.default.fileExists(atPath: trustStore.path) }

    private func trusted() throws -> [Data] {
        let files = try FileManager.default.contentsOfDirectory(at: Self.trustStore, includingPropertiesForKeys: nil)
        var certificates: Set<Data> = []
        for file in files where ["pem", "crt"].contains(file.pathExtension) {
            certificates.formUnion(try reader.chain(Data(contentsOf: file)).certificates)
        }
        return Array(certificates)
    }

    @Test(.enabled(if: isTrustStoreThere && ExternalTool.openssl.isExpected))
    func `every certificate of the trust store reads as openssl reads it`() async throws {
        let certificates = try trusted()
        #expect(certificates.count > 50)
        try await withFolder { folder in
            for certificate in certificates {
                let facts = try reader.facts(of: certificate)
                let outcome = try await ExternalTool.openssl.run(
                    "x509", "-inform", "DER", "-noout", "-subject", "-issuer", "-serial", "-dates", "-fingerprint",
                    "-sha256", "-nameopt", "RFC2253,-esc_msb,utf8", "-dateopt", "iso_8601", in: folder,
                    input: certificate)
                let dates = [facts.notBefore, facts.notAfter].map {
                    $0.formatted(.iso8601.dateTimeSeparator(.space))
                }
                let hash = outcome.text.filter { $0 != ":" }.lowercased()
                #expect(outcome.text.contains("subject=\(facts.subject)\n"), "\(outcome.text) \(facts.subject)")
                #expect(outcome.text.contains("issuer=\(facts.issuer)\n"))
                #expect(outcome.text.contains("notBefore=\(dates[0])"), "\(dates)")
                #expect(outcome.text.contains("notAfter=\(dates[1])"))
                #expect(hash.contains("fingerprint=\(facts.sha256)\n"))
                let serial = hash.split(separator: "\n").first { $0.hasPrefix("serial=") }?.dropFirst(7)
                #expect(serial.map { SerialNumber(String($0)) } == facts.serialNumber)
                #expect(facts.keyAlgorithm.rawValue.hasPrefix("rsa-") || facts.keyAlgorithm.rawValue.hasPrefix("ec-p"))
                #expect(!facts.commonName.isEmpty)
                let alone = CertificateChain(certificates: [certificate])
                #expect(try reader.arrange(alone, leaf: nil) == alone)
            }
        }
    }

    @Test func `a certificate without a common name goes by its first name, or by its subject`() throws {
        let authority = try TestAuthority.root("Root")
        let key = Certificate.PublicKey(P256.Signing.PrivateKey().publicKey)
        let named = try authority.sign(
            DistinguishedName(), key, isAuthority: false,
            names: [
                .rfc822Name("a@example.org"), .dnsName("Www.Example.org"),
                .ipAddress(.init(contentBytes: [192, 0, 2, 1])),
            ])
        let facts = try reader.facts(of: named)
        #expect(facts.commonName == "www.example.org")
        #expect(facts.alternativeNames == [.dnsName("www.example.org"), .ipAddress("192.0.2.1")])
        #expect(facts.subject.isEmpty)
        #expect(facts.issuer == "CN=Root")
        let unnamed = try authority.sign(
            try DistinguishedName { OrganizationName("Example, Inc.") }, key, isAuthority: false, names: [])
        #expect(try reader.facts(of: unnamed).commonName == "O=Example\\, Inc.")
    }

    @Test func `a name that goes on after a NUL is not cut there`() async throws {
        let hidden = ["xn--bcher-kva.example\u{0}.evil.example", "192.0.2.1\u{0}.evil.example"]
        let certificate = try TestAuthority.root("Root").sign(
            DistinguishedName { CommonName(hidden[0]) }, .init(P256.Signing.PrivateKey().publicKey),
            isAuthority: false, names: hidden.map { .dnsName($0) })
        let facts = try reader.facts(of: certificate)
        #expect(facts.commonName == hidden[0])
        #expect(facts.alternativeNames.map(\.text) == hidden)
        let maker = KeyMaker()
        let key = try await maker.makeKey(.ecP256)
        let request = try maker.signingRequest(for: hidden.map { .dnsName($0) }, commonName: hidden[1], key: key)
        #expect(try reader.facts(of: request).commonName == hidden[1])
        #expect(try reader.facts(of: request).alternativeNames.map(\.text) == hidden)
        #expect(throws: MaterialError.self) {
            try maker.signingRequest(for: [.ipAddress(hidden[1])], commonName: "www.example.org", key: key)
        }
    }

    @Test func `digests and key kinds are those of the key`() async throws {
        for algorithm in [KeyAlgorithm.rsa2048, .ecP256, .ecP384, .ecP521] {
            let key = try await KeyMaker().makeKey(algorithm)
            let publicKey = try Certificate.PrivateKey(derBytes: Array(key.der)).publicKey
            let facts = try reader.facts(of: TestAuthority.root("Root").leaf("www.example.org", key: publicKey))
            #expect(facts.publicKey == key.publicKey)
            #expect(facts.keyAlgorithm == algorithm)
        }
    }

    @Test func `what is no certificate is refused, however it is cut`() throws {
        let certificate = try TestAuthority.root("Root").der
        for length in 0..<certificate.count {
            #expect(throws: MaterialError.self) { try reader.facts(of: certificate.prefix(length)) }
        }
        #expect(throws: MaterialError.self) { try reader.facts(of: certificate + [0]) }
        #expect(throws: MaterialError.self) { try reader.chain(Data()) }
        #expect(throws: MaterialError.self) { try reader.chain(Data("nothing".utf8)) }
        #expect(throws: MaterialError.self) { try reader.chain(Data(PEMText.text("PRIVATE KEY", certificate).utf8)) }
    }

    @Test func `no changed byte of a certificate or request brings anything down`() async throws {
        let certificate = try TestAuthority.root("Root").leaf("www.example.org")
        let maker = KeyMaker()
        let request = try maker.signingRequest(
            for: [.dnsName("www.example.org")], commonName: "www.example.org", key: try await maker.makeKey(.ecP256)
        ).der
        for value in [UInt8(0), 0x30, 0x7F, 0x80, 0xFF] {
            for position in certificate.indices where certificate[position] != value {
                var changed = certificate
                changed[position] = value
                let facts = outcome { () throws(MaterialError) in try reader.facts(of: changed).sha256 }
                #expect(facts != Fingerprint.sha256(certificate))
                _ = outcome { () throws(MaterialError) in
                    try reader.arrange(CertificateChain(certificates: [changed]), leaf: nil)
                }
            }
            for position in request.indices where request[position] != value {
                var changed = request
                changed[position] = value
                let facts = outcome { () throws(MaterialError) in
                    try reader.facts(of: CertificateSigningRequest(der: changed))
                }
                #expect(facts?.isSignatureValid != true, "byte \(position) as \(value)")
            }
        }
    }

    /// The result, or `nil` for a refusal; anything else would have ended the process.
    private func outcome<Result>(_ work: () throws(MaterialError) -> Result) -> Result? {
        do throws(MaterialError) { return try work() } catch { return nil }
    }
}
