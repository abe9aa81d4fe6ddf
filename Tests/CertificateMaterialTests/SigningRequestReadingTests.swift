// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Crypto
import Foundation
import LifecycleModel
import PublicCA
import SwiftASN1
import Testing
import X509

/// Signing requests as they arrive, well and badly.
struct SigningRequestReadingTests {
    let reader = X509Reader()
    let maker = KeyMaker()

    private func request(_ names: [SubjectAlternativeName] = [.dnsName("www.example.org")]) async throws
        -> PublicCA.CertificateSigningRequest
    {
        let key = try await maker.makeKey(.ecP256)
        return try maker.signingRequest(for: names, commonName: "www.example.org", key: key)
    }

    @Test func `PEM is found between other text, with any line ends and a byte order mark`() async throws {
        let request = try await request()
        let text = PEMText.text("CERTIFICATE REQUEST", request.der)
        let old = text.replacing("CERTIFICATE REQUEST", with: "NEW CERTIFICATE REQUEST")
        for variant in [
            text, old, text.replacing("\n", with: "\r\n"), text.replacing("\n", with: "\r"), "\u{FEFF}" + text,
        ] {
            #expect(try reader.signingRequest(Data(variant.utf8)) == request)
        }
        let mail =
            "Dear CA,\nCertificate Request:\n  Data:\n\n" + text.replacing("\n", with: "  \r\n") + "\nKind regards"
        #expect(try reader.signingRequest(Data(mail.utf8)) == request)
        #expect(try reader.signingRequest(request.der) == request)
    }

    @Test func `what begins like DER may be text, and what ends with a line may be DER`() async throws {
        let request = try await request()
        let text = PEMText.text("CERTIFICATE REQUEST", request.der)
        #expect(try reader.signingRequest(Data("0: Certificate request\n".utf8) + Data(text.utf8)) == request)
        #expect(try reader.signingRequest(request.der + Data("\n".utf8)) == request)
        #expect(throws: MaterialError.self) { try reader.signingRequest(Data("0".utf8)) }
        #expect(throws: MaterialError.self) { try reader.signingRequest(Data([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF])) }
    }

    @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
    func `PEM in UTF-16 is read, as PowerShell writes it`(encoding: String.Encoding) async throws {
        let request = try await request()
        let text = "\u{FEFF}" + PEMText.text("CERTIFICATE REQUEST", request.der).replacing("\n", with: "\r\n")
        #expect(try reader.signingRequest(try #require(text.data(using: encoding))) == request)
    }

    @Test func `a wrong signature is a fact, not a failure`() async throws {
        var request = try await request()
        #expect(try reader.facts(of: request).isSignatureValid)
        let position = try #require(request.der.firstRange(of: Data("www.example.org".utf8))?.lowerBound)
        request.der[position] = UInt8(ascii: "x")
        let facts = try reader.facts(of: reader.signingRequest(request.der))
        #expect(!facts.isSignatureValid)
        #expect(facts.commonName == "xww.example.org")
    }

    @Test func `a damaged signature is a fact too`() async throws {
        var request = try await request()
        request.der[request.der.endIndex - 1] ^= 1
        #expect(try reader.facts(of: request).isSignatureValid == false)
    }

    @Test func `what is no signing request is refused`() async throws {
        let request = try await request()
        let certificate = try TestAuthority.root("Root").der
        let text = PEMText.text("CERTIFICATE REQUEST", request.der)
        let refused: [(Data, String)] = [
            (Data(), "empty"),
            (Data("hello".utf8), "not a certificate signing request"),
            (certificate, "not a certificate signing request"),
            (request.der.dropLast(), "not a certificate signing request"),
            (request.der + [0], "not a certificate signing request"),
            (Data(PEMText.text("CERTIFICATE", certificate).utf8), "but \"CERTIFICATE\""),
            (Data((text + text).utf8), "more than one"),
            (Data(text.dropLast(40).utf8), "does not end"),
            (Data(text.replacing("M", with: "*").utf8), "base64"),
        ]
        for (bytes, reason) in refused {
            let error = #expect(throws: MaterialError.self) { try reader.signingRequest(bytes) }
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "") lacks \(reason)")
        }
    }

    @Test func `no length of a cut request brings anything down`() async throws {
        let request = try await request()
        for length in 0..<request.der.count {
            #expect(throws: MaterialError.self) { try reader.signingRequest(request.der.prefix(length)) }
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected))
    func `names are read in normal form, and each once`() async throws {
        try await withFolder { folder in
            let made = try await ExternalTool.openssl.run(
                "req", "-new", "-newkey", "rsa:2048", "-noenc", "-keyout", "key", "-subj", "/CN=WWW.Example.ORG",
                "-addext",
                "subjectAltName=DNS:WWW.example.org,DNS:www.example.org,email:a@example.org,DNS:a_b.Example.org",
                "-out", "request", in: folder)
            #expect(made.status == 0, "\(made.text)")
            let request = try reader.signingRequest(Data(contentsOf: folder.appending(path: "request")))
            let facts = try reader.facts(of: request)
            #expect(facts.commonName == "www.example.org")
            #expect(facts.alternativeNames == [.dnsName("www.example.org"), .dnsName("a_b.Example.org")])
        }
    }

    @Test func `the names of every extension request count, Microsoft's too`() throws {
        func attribute(_ name: String, isMicrosofts: Bool) throws -> X509.CertificateSigningRequest.Attribute {
            let names = SubjectAlternativeNames([.dnsName(name)])
            let usual = try X509.CertificateSigningRequest.Attribute(
                ExtensionRequest(extensions: Certificate.Extensions { names }))
            return isMicrosofts ? .init(oid: [1, 3, 6, 1, 4, 1, 311, 2, 1, 14], values: usual.values) : usual
        }
        func names(_ attributes: X509.CertificateSigningRequest.Attribute...) throws -> [String] {
            let request = try X509.CertificateSigningRequest(
                version: .v1, subject: DistinguishedName { CommonName("www.example.org") },
                privateKey: .init(P256.Signing.PrivateKey()), attributes: .init(attributes))
            var serializer = DER.Serializer()
            try serializer.serialize(request)
            let facts = try reader.facts(of: reader.signingRequest(Data(serializer.serializedBytes)))
            #expect(facts.isSignatureValid)
            return facts.alternativeNames.map(\.text).sorted()
        }
        let (usual, microsofts) = ("a.example.org", "b.example.org")
        #expect(try names(attribute(microsofts, isMicrosofts: true)) == [microsofts])
        #expect(
            try names(attribute(usual, isMicrosofts: false), attribute(microsofts, isMicrosofts: true))
                == [usual, microsofts])
    }

    @Test(.enabled(if: ExternalTool.python3.isExpected))
    func `a written-out FALSE, foreign attributes and Microsoft's extensions do no harm`() async throws {
        // The CSR of a Windows server carries attributes of its own before the extensions it asks for.
        let script = """
            import sys
            from cryptography import x509
            from cryptography.hazmat.primitives import hashes, serialization
            from cryptography.hazmat.primitives.asymmetric import ec
            builder = x509.CertificateSigningRequestBuilder()
            builder = builder.subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "www.example.org")]))
            builder = builder.add_attribute(x509.ObjectIdentifier("1.3.6.1.4.1.311.13.2.3"), b"10.0.20348.2")
            builder = builder.add_attribute(x509.oid.AttributeOID.CHALLENGE_PASSWORD, b"challenge")
            names = bytes.fromhex("3011820f") + b"www.example.org"
            constraints = bytes.fromhex("3003010100")
            builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.19"), constraints), True)
            builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), names), False)
            request = builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
            open("request", "wb").write(request.public_bytes(serialization.Encoding.DER))
            """
        try await withFolder { folder in
            let made = try await ExternalTool.python3.run("-c", script, in: folder)
            #expect(made.status == 0, "\(made.text)")
            let bytes = try Data(contentsOf: folder.appending(path: "request"))
            let facts = try reader.facts(of: reader.signingRequest(bytes))
            #expect(facts.alternativeNames == [.dnsName("www.example.org")])
            #expect(facts.isSignatureValid)
        }
    }
}
