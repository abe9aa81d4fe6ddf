// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA
import Testing
import X509

struct KeystoreTests {
    static let password = "it's a \"$correct\" \\ horse!"

    struct Material {
        var key: PrivateKey
        var chain: CertificateChain

        init(_ algorithm: KeyAlgorithm) async throws {
            key = try await KeyMaker().makeKey(algorithm)
            let root = try TestAuthority.root("Root")
            let lower = try root.authority("Lower")
            let publicKey = try Certificate.PrivateKey(derBytes: Array(key.der)).publicKey
            let leaf = try lower.leaf("www.example.org", key: publicKey)
            chain = CertificateChain(certificates: [leaf, lower.der, root.der])
        }

        func store(_ format: KeystoreFormat, password: String?, alias: String = "Web 1") throws(MaterialError) -> Data {
            try Keystore.write(format, key: key, chain: chain, password: password.map { Secret($0) }, alias: alias)
        }
    }

    private func fingerprints(_ chain: CertificateChain) throws -> [String] {
        try chain.certificates.map { try X509Reader().facts(of: $0).sha256 }
    }

    @Test(
        .enabled(if: ExternalTool.keytool.isExpected), arguments: [KeyAlgorithm.rsa2048, .ecP256],
        [KeystoreFormat.pkcs12, .jks])
    func `keytool lists it with the right password and refuses the wrong one`(
        algorithm: KeyAlgorithm, format: KeystoreFormat
    ) async throws {
        let material = try await Material(algorithm)
        try await withFolder { folder in
            // JKS takes any character; of PKCS#12, Java opens only ASCII.
            let password = format == .jks ? "correct horse ä€😀" : Self.password
            try material.store(format, password: password).write(to: folder.appending(path: "store"))
            let list = try await ExternalTool.keytool.run(
                "-list", "-v", "-keystore", "store", "-storetype", format.rawValue, "-storepass", password,
                in: folder)
            #expect(list.status == 0, "\(list.text)")
            #expect(list.text.contains("Alias name: web 1"))
            #expect(list.text.contains("Entry type: PrivateKeyEntry"))
            #expect(list.text.contains("Certificate chain length: 3"))
            let listed = list.text.split(separator: "\n").filter { $0.contains("SHA256: ") }
                .compactMap { $0.split(separator: " ").last?.filter { $0 != ":" }.lowercased() }
            #expect(listed == (try fingerprints(material.chain)))
            let wrong = try await ExternalTool.keytool.run(
                "-list", "-keystore", "store", "-storetype", format.rawValue, "-storepass", "wrong-horse", in: folder)
            #expect(wrong.status != 0)
            #expect(wrong.text.contains("password was incorrect"), "\(wrong.text)")
        }
    }

    @Test(.enabled(if: ExternalTool.keytool.isExpected), arguments: [KeystoreFormat.pkcs12, .jks])
    func `the key in it is the key that went in`(format: KeystoreFormat) async throws {
        let material = try await Material(.ecP384)
        try await withFolder { folder in
            let password = Self.password
            try material.store(format, password: password).write(to: folder.appending(path: "store"))
            // The key is decrypted on the way into a store of Java's own, which openssl then opens.
            let converted = try await ExternalTool.keytool.run(
                "-importkeystore", "-srckeystore", "store", "-srcstoretype", format.rawValue, "-srcstorepass",
                password, "-destkeystore", "copy", "-deststoretype", "pkcs12", "-deststorepass", "password",
                in: folder)
            #expect(converted.status == 0, "\(converted.text)")
            let opened = try await ExternalTool.openssl.run(
                "pkcs12", "-in", "copy", "-nocerts", "-nodes", "-passin", "pass:password", in: folder)
            #expect(try KeyMaker().key(Data(opened.text.utf8)).publicKey == material.key.publicKey)
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected), arguments: [KeyAlgorithm.rsa2048, .ecP256, .ecP521])
    func `openssl opens PKCS#12 without the legacy provider`(algorithm: KeyAlgorithm) async throws {
        let material = try await Material(algorithm)
        try await withFolder { folder in
            let password = Self.password
            try material.store(.pkcs12, password: password).write(to: folder.appending(path: "store"))
            let opened = try await ExternalTool.openssl.run(
                "pkcs12", "-in", "store", "-info", "-nodes", "-passin", "pass:\(password)", in: folder)
            #expect(opened.status == 0, "\(opened.text)")
            #expect(opened.text.contains("friendlyName: Web 1"))
            #expect(opened.text.contains("MAC: sha256, Iteration 100000"))
            #expect(opened.text.contains("PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256"))
            #expect(try KeyMaker().key(Data(opened.text.utf8)).publicKey == material.key.publicKey)
            let chain = try X509Reader().chain(Data(opened.text.utf8))
            #expect(Set(chain.certificates) == Set(material.chain.certificates))
            let wrong = try await ExternalTool.openssl.run(
                "pkcs12", "-in", "store", "-nodes", "-passin", "pass:wrong", in: folder)
            #expect(wrong.status != 0)
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected))
    func `PEM holds the key and the chain`() async throws {
        let material = try await Material(.rsa2048)
        let text = try material.store(.pem, password: nil)
        #expect(try KeyMaker().key(text).der == material.key.der)
        #expect(try X509Reader().chain(text) == material.chain)
        try await withFolder { folder in
            let opened = try await ExternalTool.openssl.run("pkey", "-noout", "-check", in: folder, input: text)
            #expect(opened.status == 0, "\(opened.text)")
        }
    }

    @Test func `passwords and names that will not do are refused before anything is written`() async throws {
        let material = try await Material(.ecP256)
        let refused: [(KeystoreFormat, String?, String)] = [
            (.pkcs12, nil, "needs a password"), (.jks, nil, "needs a password"), (.pkcs12, "", "needs a password"),
            (.jks, "12345", "at least 6"), (.pkcs12, "12345", "at least 6"), (.pem, "123456", "not encrypted"),
            (.pkcs12, "1234\u{0}5678", "control character"), (.jks, "123456\n", "control character"),
            (.pkcs12, "pässword", "must be ASCII"),
        ]
        for (format, password, reason) in refused {
            let error = #expect(throws: MaterialError.self) { try material.store(format, password: password) }
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        }
        #expect(throws: MaterialError.self) { try material.store(.jks, password: "123456", alias: "") }
        #expect(throws: MaterialError.self) { try material.store(.pkcs12, password: "123456", alias: "a\0b") }
        #expect(throws: MaterialError.self) {
            try material.store(.jks, password: "123456", alias: String(repeating: "a", count: 70_000))
        }
    }

    @Test(arguments: KeystoreFormat.allCases)
    func `a key that is not the leaf's is refused`(format: KeystoreFormat) async throws {
        var material = try await Material(.ecP256)
        material.key = try await KeyMaker().makeKey(.ecP256)
        let password = format.needsPassword ? Self.password : nil
        let error = #expect(throws: MaterialError.self) { try material.store(format, password: password) }
        #expect(error?.description.contains("does not belong") == true)
        material.chain.certificates = []
        #expect(throws: MaterialError.self) { try material.store(format, password: password) }
    }

    @Test(arguments: KeystoreFormat.allCases)
    func `what is no certificate has no place in a chain`(format: KeystoreFormat) async throws {
        var material = try await Material(.ecP256)
        material.chain.certificates.append(Data("no certificate".utf8))
        let password = format == .pem ? nil : Self.password
        #expect(throws: MaterialError.self) { try material.store(format, password: password) }
    }

    @Test func `generated passwords are long, plain and different`() {
        let passwords = (0..<100).map { _ in KeystorePassword.generate().reveal { $0 } }
        #expect(Set(passwords).count == 100)
        let allowed = Set("23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ")
        #expect(passwords.allSatisfy { $0.count == 24 && $0.allSatisfy(allowed.contains) })
        // Every character turns up: 2400 draws from 56 miss one of them once in 10^17 runs.
        #expect(Set(passwords.joined()) == allowed)
    }
}
