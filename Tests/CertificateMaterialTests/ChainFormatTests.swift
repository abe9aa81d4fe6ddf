// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA
import Testing

struct ChainFormatTests {
    let reader = X509Reader()

    private func chain() throws -> CertificateChain {
        let root = try TestAuthority.root("Root")
        let lower = try root.authority("Lower")
        return CertificateChain(certificates: [try lower.leaf("www.example.org"), lower.der, root.der])
    }

    @Test func `what is written is read again`() throws {
        let chain = try chain()
        #expect(try reader.chain(ChainFormat.pem.write(chain)) == chain)
        #expect(try reader.chain(ChainFormat.pkcs7.write(chain)) == chain)
        #expect(try reader.chain(ChainFormat.der.write(chain)).certificates == [chain.certificates[0]])
        for format in ChainFormat.allCases {
            #expect(throws: MaterialError.self) { try format.write(CertificateChain(certificates: [])) }
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected))
    func `openssl verifies the chain and reads the PKCS#7`() async throws {
        let chain = try chain()
        try await withFolder { folder in
            try ChainFormat.pem.write(chain).write(to: folder.appending(path: "chain"))
            let root = CertificateChain(certificates: [chain.certificates[2]])
            try ChainFormat.pem.write(root).write(to: folder.appending(path: "root"))
            let verified = try await ExternalTool.openssl.run(
                "verify", "-attime", "1750000001", "-CAfile", "root", "-untrusted", "chain", "chain",
                in: folder)
            #expect(verified.status == 0, "\(verified.text)")
            let bag = try await ExternalTool.openssl.run(
                "pkcs7", "-print_certs", in: folder, input: ChainFormat.pkcs7.write(chain))
            #expect(bag.status == 0, "\(bag.text)")
            #expect(try reader.chain(Data(bag.text.utf8)) == chain)
        }
    }

    @Test(.enabled(if: ExternalTool.keytool.isExpected))
    func `keytool reads the PKCS#7`() async throws {
        let chain = try chain()
        try await withFolder { folder in
            try ChainFormat.pkcs7.write(chain).write(to: folder.appending(path: "bag"))
            let listed = try await ExternalTool.keytool.run("-printcert", "-file", "bag", in: folder)
            #expect(listed.status == 0, "\(listed.text)")
            #expect(listed.text.contains("Owner: CN=www.example.org"))
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected), arguments: ["PEM", "DER"])
    func `PKCS#7 as openssl writes it is read`(form: String) async throws {
        let chain = try chain()
        try await withFolder { folder in
            try ChainFormat.pem.write(chain).write(to: folder.appending(path: "chain"))
            try await ExternalTool.openssl.run(
                "crl2pkcs7", "-nocrl", "-certfile", "chain", "-outform", form, "-out", "bag", in: folder)
            let bag = try Data(contentsOf: folder.appending(path: "bag"))
            #expect(try reader.chain(bag) == chain)
            #expect(try reader.chain(bag + Data("\n".utf8)) == chain)
            // An older label for the same.
            let text = String(decoding: bag, as: UTF8.self).replacing("PKCS7-", with: "PKCS #7 SIGNED DATA-")
            if form == "PEM" { #expect(try reader.chain(Data(text.utf8)) == chain) }
        }
    }

    @Test(.enabled(if: ExternalTool.python3.isExpected), arguments: ["PEM", "DER"])
    func `PKCS#7 as Python's cryptography writes it is read`(form: String) async throws {
        let chain = try chain()
        try await withFolder { folder in
            try ChainFormat.pem.write(chain).write(to: folder.appending(path: "chain"))
            let script = """
                from cryptography import x509
                from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
                chain = x509.load_pem_x509_certificates(open("chain", "rb").read())
                open("bag", "wb").write(pkcs7.serialize_certificates(chain, Encoding.\(form)))
                """
            let made = try await ExternalTool.python3.run("-c", script, in: folder)
            #expect(made.status == 0, "\(made.text)")
            let read = try reader.chain(Data(contentsOf: folder.appending(path: "bag")))
            #expect(Set(read.certificates) == Set(chain.certificates))
            #expect(try reader.arrange(read, leaf: nil) == chain)
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected))
    func `a PKCS#7 in BER with indefinite lengths is read`() async throws {
        let chain = try chain()
        try await withFolder { folder in
            try ChainFormat.pem.write(chain).write(to: folder.appending(path: "chain"))
            let key = try await KeyMaker().makeKey(.ecP256)
            try Data(PEMText.text("PRIVATE KEY", key.der).utf8).write(to: folder.appending(path: "key"))
            try await ExternalTool.openssl.run(
                "req", "-x509", "-key", "key", "-subj", "/CN=signer", "-out", "signer", in: folder)
            let made = try await ExternalTool.openssl.run(
                "cms", "-sign", "-signer", "signer", "-inkey", "key", "-certfile", "chain", "-stream", "-indef",
                "-nodetach", "-outform", "DER", "-out", "bag", in: folder, input: Data("text".utf8))
            #expect(made.status == 0, "\(made.text)")
            let bag = try Data(contentsOf: folder.appending(path: "bag"))
            #expect(bag.prefix(2) == Data([0x30, 0x80]))
            #expect(Set(try reader.chain(bag).certificates).isSuperset(of: chain.certificates))
        }
    }

    @Test func `PKCS#7 without certificates, or damaged, is refused`() throws {
        let empty = Data([0x30, 0x0B, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01])
        #expect(throws: MaterialError.self) { try reader.chain(Data(PEMText.text("PKCS7", empty).utf8)) }
        let text = String(decoding: try ChainFormat.pkcs7.write(chain()), as: UTF8.self)
        let der = try #require(try PEMText.blocks(in: Data(text.utf8)).first?.der)
        for length in stride(from: 0, to: der.count, by: 7) {
            #expect(throws: MaterialError.self) { try reader.chain(der.prefix(length)) }
        }
    }
}
