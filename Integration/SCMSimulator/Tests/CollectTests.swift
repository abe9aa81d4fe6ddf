// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing
import X509

struct CollectTests {
    private static let leaf = "a.example.com"
    private static let issuing = "SCM Simulator Issuing CA 1"
    private static let root = "SCM Simulator Root CA"
    private static let older = "SCM Simulator Older Root CA"

    @Test(arguments: [
        ("x509", [root, issuing, leaf]), ("pem", [root, issuing, leaf]), ("x509R", [leaf, issuing, root]),
        ("pemia", [leaf, issuing, root]), ("x509CO", [leaf]), ("pemco", [leaf]), ("x509IO", [root, issuing]),
        ("x509IOR", [issuing, root]),
    ])
    func `each format has its order`(format: String, order: [String]) async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            for path in ["\(id)?format=\(format)", "\(id)/\(format)"] {
                let reply = try await caller.get("/api/ssl/v1/collect/\(path)")
                #expect(try Request.certificates(reply.text).map(\.commonName) == order)
                #expect(reply.headers["content-type"] == "application/octet-stream;charset=UTF-8")
                #expect(reply.headers["content-disposition"] == #"attachment; filename="a_example_com.cer""#)
            }
        }
    }

    @Test func `PKCS#7 is the default, in armour or bare`() async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            let armoured = try await caller.get("/api/ssl/v1/collect/\(id)")
            #expect(armoured.text.hasPrefix("-----BEGIN PKCS7-----\n"))
            #expect(armoured.headers["content-disposition"]?.contains(".p7b") == true)
            let bare = try await caller.get("/api/ssl/v1/collect/\(id)/bin")
            #expect(bare.body.starts(with: [0x30, 0x82]))
            let lines = armoured.text.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
            #expect(Data(base64Encoded: lines) == bare.body)
            #expect(try await caller.get("/api/ssl/v1/collect/\(id)/pkcs7").code == -126)
        }
    }

    @Test func `the leaf is signed by its issuer, which is signed by the root`() async throws {
        for kind in ["EC", "RSA"] {
            try await withSimulator(#"{"quirks": {"authorityKey": "\#(kind)"}}"#) { caller in
                let id = try await caller.enrol()
                let text = try await caller.get("/api/ssl/v1/collect/\(id)/pemia").text
                let chain = try Request.certificates(text)
                var store = CertificateStore()
                store.append(try #require(chain.last))
                var verifier = Verifier(rootCertificates: store) { RFC5280Policy() }
                let result = await verifier.validate(leaf: chain[0], intermediates: CertificateStore([chain[1]]))
                guard case .validCertificate = result else {
                    Issue.record("\(result)")
                    return
                }
                let serial = chain[0].serialNumber.bytes.map { String(format: "%02X", $0) }.joined(separator: ":")
                #expect(try await caller.get("/api/ssl/v1/\(id)").json["serialNumber"]?.string == serial)
            }
        }
    }

    @Test func `servers differ in how they write a chain`() async throws {
        try await withSimulator { caller in
            let path = "/api/ssl/v1/collect/\(try await caller.enrol())/x509"
            let plain = try await caller.get(path).text
            #expect(plain.hasSuffix("-----\n"))
            try caller.simulator.control("POST", "quirks", #"{"crlf": true, "finalNewline": false}"#)
            let odd = try await caller.get(path).text
            #expect(odd.hasSuffix("-----"))
            #expect(odd.replacing("\r\n", with: "\n") + "\n" == plain)
            try caller.simulator.control(
                "POST", "quirks", #"{"crlf": false, "crossSignedRoot": true, "rootFirst": false}"#)
            let order = try Request.certificates(try await caller.get(path).text).map(\.commonName)
            #expect(order == [Self.leaf, Self.issuing, Self.root, Self.older])
        }
    }

    @Test(arguments: [("notFound", 404, -5101), ("badRequest", 400, -5101), ("wrongID", 400, -124)])
    func `an unknown id is answered as the knob says`(form: String, status: Int, code: Int) async throws {
        try await withSimulator(#"{"quirks": {"unknownID": "\#(form)"}}"#) { caller in
            for path in ["/api/ssl/v1/7", "/api/ssl/v1/collect/7/pem"] {
                let reply = try await caller.get(path)
                #expect(reply.status == status)
                #expect(reply.code == code)
            }
            #expect(try await caller.get("/api/ssl/v1/seven").status == 404)
        }
    }
}
