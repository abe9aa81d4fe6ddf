// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import SCMSimulator
import SwiftASN1
import Testing
import X509

struct EnrolTests {
    @Test func `an order is answered with its id and, this once, its renew id`() async throws {
        try await withSimulator { caller in
            let order = Value.order(names: "b.example.com, C.example.com", ["comments": "key 1", "dcvMode": "CNAME"])
            let reply = try await caller.post("/api/ssl/v1/enroll", order)
            #expect(reply.status == 200)
            #expect(reply.json["renewId"]?.string?.wholeMatch(of: /[A-Za-z0-9-]{20}/) != nil)
            let id = try #require(reply.json["sslId"]?.whole)
            let details = try await caller.get("/api/ssl/v1/\(id)").json
            #expect(details["renewId"] == nil)
            #expect(details["comments"] == "key 1")
            #expect(details["requestedVia"] == "REST API")
            #expect(details["subjectAlternativeNames"] == ["a.example.com", "b.example.com", "c.example.com"])
            #expect(details["expires"]?.string?.wholeMatch(of: /\d\d\/\d\d\/\d{4}/) != nil)
            let iso = try await caller.get("/api/ssl/v1/\(id)?dateFormat=iso").json
            #expect(iso["expires"]?.string?.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil)
        }
    }

    @Test(
        arguments: [
            (["subjAltNames": ["b.example.com"]], -1002), (["orgId": ["100"]], -1002), (["csr": 7], -1002),
            (["orgId": nil], -7), (["csr": ""], -7), (["certType": 0], -1601), (["orgId": 999], -1023),
            (["orgId": 300], -1021), (["orgId": 102], -1021), (["certType": 999], -111), (["certType": 508], -111),
            (["term": 365], -36), (["comments": .text(String(repeating: "x", count: 1025))], -1601),
            (["externalRequester": .text(String(repeating: "x", count: 513))], -1601), (["dcvMode": "PIGEON"], -1601),
            (["dcvMode": "EMAIL"], -7), (["csr": "§"], -9), (["csr": "aGVsbG8="], -10),
            (["subjAltNames": "a.elsewhere.test"], -1010), (["subjAltNames": "a.press.example"], -1010),
            (["subjAltNames": "a.requested.example"], -1010), (["subjAltNames": "*.plain.example"], -1010),
            (["subjAltNames": "192.0.2.1"], -1010), (["subjAltNames": "suspended.example"], -715),
            (["subjAltNames": "www.example.net"], -107), (["subjAltNames": "example.edu"], -107),
            (["customFields": [["name": "No such field", "value": "x"]]], -135),
            (["customFields": [["name": "Ticket", "value": "x"], ["name": "Ticket", "value": "y"]]], -134),
            (["customFields": "x"], -1002), (["customFields": [["name": "Ticket"]]], -1002),
        ] as [([String: Value], Int)])
    func `an order that SCM would not take is refused with its code`(change: [String: Value], code: Int) async throws {
        try await withSimulator { caller in
            let reply = try await caller.post("/api/ssl/v1/enroll", .order(change))
            #expect(reply.status == 400)
            #expect(reply.code == code, "\(reply.text)")
            #expect(try await caller.get("/api/ssl/v1").total == 0)
        }
    }

    @Test(
        arguments: [
            ["subjAltNames": nil], ["subjAltNames": ""], ["orgId": "100"], ["certType": "501"], ["orgId": 101],
            ["comments": nil], ["subjAltNames": "*.example.com,example.com"], ["subjAltNames": "x.y.plain.example"],
            ["csr": .text(Request.standard.split(separator: "\n").filter { !$0.hasPrefix("--") }.joined())],
            ["whatever": ["is": "ignored"]],
        ] as [[String: Value]])
    func `an order that SCM takes is taken`(change: [String: Value]) async throws {
        try await withSimulator { caller in
            let reply = try await caller.post("/api/ssl/v1/enroll", .order(change))
            #expect(reply.status == 200, "\(reply.text)")
        }
    }

    @Test(arguments: ["\"\"", "", "[]", "{", "null"])
    func `a body that is no object cannot be parsed`(body: String) async throws {
        try await withSimulator { caller in
            let reply = try await caller.ask("POST", "/api/ssl/v1/enroll", body)
            #expect(reply.code == -1002)
        }
    }

    @Test func `what is wrong with a request has a code of its own`() async throws {
        let subject = try DistinguishedName { CommonName("a.example.com") }
        func request(_ key: Certificate.PrivateKey, _ algorithm: Certificate.SignatureAlgorithm) throws -> String {
            try CertificateSigningRequest(
                version: .v1, subject: subject, privateKey: key, attributes: .init(), signatureAlgorithm: algorithm
            ).serializeAsPEM().pemString
        }
        let large = try request(.init(P521.Signing.PrivateKey()), .ecdsaWithSHA512)
        let strange = try request(.init(Curve25519.Signing.PrivateKey()), .ed25519)
        let lines = Request.standard.split(separator: "\n").filter { !$0.hasPrefix("--") }
        var signed = try #require(Data(base64Encoded: lines.joined()))
        signed[signed.count - 1] ^= 1
        let forged = signed.base64EncodedString()
        try await withSimulator { caller in
            for (csr, code) in [(large, -13), (strange, -11), (Request.short, -141), (forged, -138)] {
                let reply = try await caller.post("/api/ssl/v1/enroll", .order(["csr": .text(csr)]))
                #expect(reply.code == code)
            }
        }
    }

    @Test func `a mandatory custom field has to be there`() async throws {
        let fields = #"[{"id": 1, "name": "Cost centre", "mandatories": ["REST_API"]}]"#
        try await withSimulator(#"{"world": {"customFields": \#(fields)}}"#) { caller in
            #expect(try await caller.post("/api/ssl/v1/enroll", .order()).code == -62)
            let given: [String: Value] = ["customFields": [["name": "Cost centre", "value": "42"]]]
            let id = try await caller.enrol(given)
            let details = try await caller.get("/api/ssl/v1/\(id)").json
            #expect(details["customFields"] == [["name": "Cost centre", "value": "42"]])
        }
    }

    @Test func `names in the request alone are dropped, and the common name is always in`() async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol(names: "b.example.com")
            let text = try await caller.get("/api/ssl/v1/collect/\(id)?format=x509CO").text
            let leaf = try #require(try Request.certificates(text).first)
            #expect(leaf.names == ["a.example.com", "b.example.com"])
            #expect(leaf.commonName == "a.example.com")
            #expect(leaf.publicKey == .init(Request.key.publicKey))
        }
    }

    @Test func `unvalidated domains can hold an order up instead`() async throws {
        try await withSimulator(#"{"quirks": {"unvalidatedDomain": "waits"}}"#) { caller in
            let id = try await caller.enrol(names: "example.edu")
            #expect(try await caller.status(id) == "Applied")
            let path = "/api/ssl/v1/\(id)/dcv"
            let log = try #require(try await caller.get(path).json["dcvLog"])
            #expect(log["log"]?[1]?["domainName"] == "example.edu")
            #expect(log["log"]?[1]?["dcvStatus"] == "Awaiting Validation")
            let again = try await caller.ask("POST", "\(path)/recheck")
            #expect(again.status == 202)
            #expect(again.json == ["dcvLog": log])
            try caller.simulator.control(
                "POST", "world", #"{"domains": [{"id": 5, "validation": "VALIDATED", "expiresInDays": 100}]}"#)
            #expect(try await caller.status(id) == "Issued")
        }
    }
}

extension Caller {
    fileprivate func enrol(_ more: [String: Value]) async throws -> Int {
        try await enrol(profile: 501, names: "", more)
    }
}
