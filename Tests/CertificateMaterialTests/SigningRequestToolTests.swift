// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA
import Testing

/// Signing requests as the tools that people have write them.
struct SigningRequestToolTests {
    let reader = X509Reader()
    let names: [SubjectAlternativeName] = [
        .dnsName("www.example.org"), .dnsName("*.example.org"), .ipAddress("192.0.2.1"), .ipAddress("2001:db8::1"),
    ]

    private func check(_ bytes: Data, algorithm: String, names: [SubjectAlternativeName]? = nil) throws {
        let facts = try reader.facts(of: reader.signingRequest(bytes))
        #expect(facts.commonName == "www.example.org")
        #expect(facts.alternativeNames == names ?? self.names)
        #expect(facts.keyAlgorithm.rawValue == algorithm)
        #expect(facts.isSignatureValid)
    }

    @Test(
        .enabled(if: ExternalTool.openssl.isExpected),
        arguments: [
            ("rsa:2048", "rsa-2048"), ("rsa:1024", "rsa-1024"), ("rsa:3072", "rsa-3072"), ("ed25519", "ed25519"),
            ("ec:prime256v1", "ec-p256"), ("ec:secp384r1", "ec-p384"), ("ec:secp521r1", "ec-p521"),
            ("ec:secp256k1", "ec-secp256k1"), ("rsa-pss:2048", "rsa-pss-2048"), ("ed448", "ed448"),
        ], ["PEM", "DER"])
    func `openssl's`(key: (kind: String, algorithm: String), form: String) async throws {
        try await withFolder { folder in
            let parts = key.kind.split(separator: ":").map(String.init)
            let option = parts[0] == "ec" ? "ec_paramgen_curve:\(parts[1])" : "rsa_keygen_bits:\(parts.last ?? "")"
            let kind = parts[0] == "ec" ? "EC" : parts[0]
            let generate =
                try await parts.count == 1
                ? ExternalTool.openssl.run("genpkey", "-algorithm", kind, "-out", "key", in: folder)
                : ExternalTool.openssl.run("genpkey", "-algorithm", kind, "-pkeyopt", option, "-out", "key", in: folder)
            #expect(generate.status == 0, "\(generate.text)")
            let made = try await ExternalTool.openssl.run(
                "req", "-new", "-key", "key", "-subj", "/C=DE/O=Example/CN=www.example.org", "-addext",
                "subjectAltName=DNS:www.example.org,DNS:*.example.org,IP:192.0.2.1,IP:2001:db8::1", "-outform", form,
                "-out", "request", in: folder)
            #expect(made.status == 0, "\(made.text)")
            try check(Data(contentsOf: folder.appending(path: "request")), algorithm: key.algorithm)
        }
    }

    @Test(.enabled(if: ExternalTool.openssl.isExpected))
    func `openssl's, signed with RSA-PSS by a plain RSA key`() async throws {
        try await withFolder { folder in
            try await ExternalTool.openssl.run(
                "req", "-new", "-newkey", "rsa:2048", "-noenc", "-keyout", "key", "-subj", "/CN=www.example.org",
                "-sigopt", "rsa_padding_mode:pss", "-sha256", "-out", "request", in: folder)
            try check(Data(contentsOf: folder.appending(path: "request")), algorithm: "rsa-2048", names: [])
        }
    }

    @Test(
        .enabled(if: ExternalTool.keytool.isExpected),
        arguments: [("RSA", "2048", "rsa-2048"), ("EC", "256", "ec-p256")])
    func `keytool's`(kind: String, size: String, algorithm: String) async throws {
        try await withFolder { folder in
            let made = try await ExternalTool.keytool.run(
                "-genkeypair", "-keystore", "store", "-storepass", "password", "-alias", "web", "-keyalg", kind,
                "-keysize", size, "-dname", "CN=www.example.org, O=Example", in: folder)
            #expect(made.status == 0, "\(made.text)")
            try await ExternalTool.keytool.run(
                "-certreq", "-keystore", "store", "-storepass", "password", "-alias", "web", "-file", "request", "-ext",
                "san=dns:www.example.org,dns:*.example.org,ip:192.0.2.1,ip:2001:db8::1", in: folder)
            let text = try String(contentsOf: folder.appending(path: "request"), encoding: .utf8)
            #expect(text.contains("NEW CERTIFICATE REQUEST"))
            try check(Data(text.utf8), algorithm: algorithm)
        }
    }

    @Test(
        .enabled(if: ExternalTool.certtool.isExpected), arguments: [("rsa", "rsa-3072"), ("ecdsa", "ec-p256")],
        [true, false])
    func `GnuTLS's certtool's`(key: (kind: String, algorithm: String), isDER: Bool) async throws {
        try await withFolder { folder in
            let template = """
                cn = www.example.org
                dns_name = www.example.org
                dns_name = *.example.org
                ip_address = 192.0.2.1
                ip_address = 2001:db8::1
                """
            try Data(template.utf8).write(to: folder.appending(path: "template"))
            try await ExternalTool.certtool.run(
                "--generate-privkey", "--key-type", key.kind, "--sec-param", "high", "--outfile", "key", in: folder)
            let made = try await ExternalTool.certtool.run(
                "--generate-request", "--load-privkey", "key", "--template", "template", "--outfile", "request",
                isDER ? "--outder" : "--no-text", in: folder)
            #expect(made.status == 0, "\(made.text)")
            try check(Data(contentsOf: folder.appending(path: "request")), algorithm: key.algorithm)
        }
    }

    @Test(.enabled(if: ExternalTool.python3.isExpected), arguments: ["PEM", "DER"])
    func `Python's cryptography's`(form: String) async throws {
        try await withFolder { folder in
            let script = """
                import ipaddress, sys
                from cryptography import x509
                from cryptography.hazmat.primitives import hashes, serialization
                from cryptography.hazmat.primitives.asymmetric import ec
                names = [x509.DNSName("www.example.org"), x509.DNSName("*.example.org")]
                names += [x509.IPAddress(ipaddress.ip_address(a)) for a in ("192.0.2.1", "2001:db8::1")]
                subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "www.example.org")])
                builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
                builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
                request = builder.sign(ec.generate_private_key(ec.SECP384R1()), hashes.SHA256())
                open("request", "wb").write(request.public_bytes(serialization.Encoding.\(form)))
                """
            let made = try await ExternalTool.python3.run("-c", script, in: folder)
            #expect(made.status == 0, "\(made.text)")
            try check(Data(contentsOf: folder.appending(path: "request")), algorithm: "ec-p384")
        }
    }
}
