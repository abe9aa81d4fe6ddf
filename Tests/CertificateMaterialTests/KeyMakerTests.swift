// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA
import Testing

struct KeyMakerTests {
    let maker = KeyMaker()
    let reader = X509Reader()
    static let algorithms: [KeyAlgorithm] = [.rsa2048, .rsa3072, .rsa4096, .ecP256, .ecP384, .ecP521]

    @Test(.enabled(if: ExternalTool.openssl.isExpected), arguments: algorithms)
    func `keys and requests are good to openssl`(algorithm: KeyAlgorithm) async throws {
        let key = try await maker.makeKey(algorithm)
        #expect(key.algorithm == algorithm)
        let names = try ["www.example.org", "bücher.example", "*.example.org", "192.0.2.1", "2001:db8::1"].map(
            reader.name)
        let request = try maker.signingRequest(for: names, commonName: "www.example.org", key: key)
        let facts = try reader.facts(of: request)
        #expect(facts.publicKey == key.publicKey)
        #expect(facts.keyAlgorithm == algorithm)
        #expect(facts.alternativeNames == names)
        #expect(facts.isSignatureValid)
        try await withFolder { folder in
            let check = try await ExternalTool.openssl.run(
                "req", "-inform", "DER", "-verify", "-noout", "-text", in: folder, input: request.der)
            #expect(check.status == 0 && check.text.contains("verify OK"), "\(check.text)")
            #expect(check.text.contains("Subject: CN = www.example.org\n"))
            #expect(
                check.text.contains(
                    "DNS:www.example.org, DNS:xn--bcher-kva.example, DNS:*.example.org, IP Address:192.0.2.1, "
                        + "IP Address:2001:DB8:0:0:0:0:0:1"))
            let consistent = try await ExternalTool.openssl.run(
                "pkey", "-inform", "DER", "-check", "-noout", in: folder, input: key.der)
            #expect(consistent.text.contains("Key is valid"), "\(consistent.text)")
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected), arguments: [KeyAlgorithm.rsa2048, .ecP256, .ecP384, .ecP521])
    func `a key is read from every encoding`(algorithm: KeyAlgorithm) async throws {
        let key = try await maker.makeKey(algorithm)
        try await withFolder { folder in
            for form in ["PEM", "DER"] {
                for options in [[], ["-traditional"]] {
                    let arguments = ["pkey", "-inform", "DER", "-outform", form, "-out", "key"] + options
                    let outcome = try await ExternalTool.openssl.run(arguments, in: folder, input: key.der)
                    #expect(outcome.status == 0, "\(outcome.text)")
                    let read = try maker.key(Data(contentsOf: folder.appending(path: "key")))
                    #expect(read.publicKey == key.publicKey)
                    #expect(read.algorithm == algorithm)
                    #expect(try maker.key(read.der).publicKey == key.publicKey)
                }
            }
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected))
    func `a key among parameters and certificates is found`() async throws {
        let key = try await maker.makeKey(.ecP256)
        let certificate = PEMText.text("CERTIFICATE", try TestAuthority.root("Root").der)
        let text = certificate + PEMText.text("EC PARAMETERS", Data([6, 1, 1])) + PEMText.text("PRIVATE KEY", key.der)
        #expect(try maker.key(Data(text.utf8)).publicKey == key.publicKey)
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected), arguments: [["-aes256"], ["-aes256", "-traditional"]])
    func `an encrypted key is refused by name`(options: [String]) async throws {
        let key = try await maker.makeKey(.rsa2048)
        try await withFolder { folder in
            let arguments = ["pkey", "-inform", "DER", "-out", "key", "-passout", "pass:secret"] + options
            try await ExternalTool.openssl.run(arguments, in: folder, input: key.der)
            let bytes = try Data(contentsOf: folder.appending(path: "key"))
            let error = #expect(throws: MaterialError.self) { try maker.key(bytes) }
            #expect(error?.description.contains("encrypted") == true)
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected), arguments: [["-aes256"], ["-aes256", "-traditional"]])
    func `a plain key behind an encrypted one is taken`(options: [String]) async throws {
        let (locked, key) = (try await maker.makeKey(.rsa2048), try await maker.makeKey(.ecP256))
        try await withFolder { folder in
            let arguments = ["pkey", "-inform", "DER", "-passout", "pass:secret"] + options
            let text = try await ExternalTool.openssl.run(arguments, in: folder, input: locked.der).text
            #expect(text.contains("ENCRYPTED"))
            let both = text + PEMText.text("PRIVATE KEY", key.der)
            #expect(try maker.key(Data(both.utf8)).publicKey == key.publicKey)
        }
    }

    @Test(
        .enabled(if: ExternalTool.openssl.isExpected),
        arguments: ["prime256v1", "secp384r1", "secp521r1"], ["compressed", "hybrid", "uncompressed"])
    func `a key has one digest, however its point is written`(curve: String, form: String) async throws {
        try await withFolder { folder in
            try await ExternalTool.openssl.run(
                "ecparam", "-name", curve, "-genkey", "-noout", "-conv_form", form, "-out", "key", in: folder)
            let request = [
                "req", "-new", "-key", "key", "-subj", "/CN=www.example.org", "-outform", "DER", "-out", "request",
            ]
            #expect(try await ExternalTool.openssl.run(request, in: folder).status == 0)
            #expect(try await ExternalTool.openssl.run(request + ["-x509"], in: folder).status == 0)
            let certificate = try Data(contentsOf: folder.appending(path: "request"))
            try await ExternalTool.openssl.run(request, in: folder)
            let written = try Data(contentsOf: folder.appending(path: "request"))
            let key = try maker.key(Data(contentsOf: folder.appending(path: "key")))
            let facts = try reader.facts(of: reader.signingRequest(written))
            #expect(facts.publicKey == key.publicKey)
            #expect(facts.isSignatureValid)
            #expect(try reader.facts(of: certificate).publicKey == key.publicKey)
        }
    }

    @Test func `a key is read as text in UTF-16, behind a digit, and in DER before a line's end`() async throws {
        let key = try await maker.makeKey(.ecP256)
        let text = PEMText.text("PRIVATE KEY", key.der)
        let wide = try #require(text.data(using: .utf16))
        for bytes in [wide, Data("0: Private key\n".utf8) + Data(text.utf8), key.der + Data("\r\n".utf8)] {
            #expect(try maker.key(bytes).publicKey == key.publicKey)
        }
    }

    @Test func `what is no key is refused without showing it`() async throws {
        let key = try await maker.makeKey(.ecP256)
        let damaged = PEMText.text("PRIVATE KEY", key.der.dropLast(20))
        for bytes in [Data(), Data("hello".utf8), key.der.dropLast(), Data(damaged.utf8)] {
            let error = #expect(throws: MaterialError.self) { try maker.key(bytes) }
            #expect(error?.description.contains(damaged.dropFirst(30).prefix(20)) == false)
        }
        #expect("\(key) \(String(reflecting: key))".contains(key.publicKey.rawValue) == false)
    }

    @Test func `only keys that can be made are made`() async {
        for name in ["rsa-1024", "rsa-8192", "ed25519", "ec-p224", ""] {
            await #expect(throws: MaterialError.self) { try await maker.makeKey(KeyAlgorithm(name)) }
        }
    }

    @Test func `a common name of more than 64 characters stays out of the subject`() async throws {
        let key = try await maker.makeKey(.ecP256)
        for length in [64, 65] {
            let name = String(repeating: "a", count: 40) + "." + String(repeating: "b", count: length - 45) + ".org"
            #expect(name.count == length)
            let request = try maker.signingRequest(for: [.dnsName(name)], commonName: name, key: key)
            let facts = try reader.facts(of: request)
            #expect(facts.commonName == (length == 64 ? name : nil))
            #expect(facts.alternativeNames == [.dnsName(name)])
            #expect(facts.isSignatureValid)
        }
    }

    @Test func `a request needs a name, and addresses that are addresses`() async throws {
        let key = try await maker.makeKey(.ecP256)
        #expect(throws: MaterialError.self) { try maker.signingRequest(for: [], commonName: "a.example.org", key: key) }
        #expect(throws: MaterialError.self) {
            try maker.signingRequest(for: [.ipAddress("1.2.3")], commonName: "1.2.3", key: key)
        }
    }
}
