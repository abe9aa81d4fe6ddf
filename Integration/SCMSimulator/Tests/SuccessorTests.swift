// SPDX-License-Identifier: Apache-2.0

import Crypto
import SCMSimulator
import Testing
import X509

/// Renewal makes another enrolment, replacement another certificate under the same.
struct SuccessorTests {
    private func leaf(_ caller: Caller, _ id: Int) async throws -> Certificate {
        let text = try await caller.get("/api/ssl/v1/collect/\(id)/x509CO").text
        return try #require(try Request.certificates(text).first)
    }

    @Test(arguments: [nil, "{}"])
    func `renewing without a request keeps the key under a new id`(body: String?) async throws {
        try await withSimulator { caller in
            let old = try await caller.enrol(["term": 30, "comments": "key 1"])
            let reply = try await caller.ask("POST", "/api/ssl/v1/renewById/\(old)", body)
            #expect(reply.status == 200)
            let new = try #require(reply.json["sslId"]?.whole)
            #expect(reply.json.keys == ["sslId"])
            #expect(new != old)
            #expect(try await leaf(caller, new).publicKey == leaf(caller, old).publicKey)
            let details = try await caller.get("/api/ssl/v1/\(new)").json
            #expect(details["term"] == 199)
            #expect(details["comments"] == nil)
            let before = try await caller.get("/api/ssl/v1/\(old)").json
            #expect(before["status"] == "Issued")
            #expect(before["renewed"] == true)
            #expect(before["renewedDate"] != nil)
        }
    }

    @Test func `renewing with a request takes its key`() async throws {
        try await withSimulator { caller in
            let key = P256.Signing.PrivateKey()
            let old = try await caller.enrol()
            let csr = try Request.pem("a.example.com", key: key)
            let reply = try await caller.post("/api/ssl/v1/renewById/\(old)", ["csr": .text(csr)])
            #expect(try await leaf(caller, try #require(reply.json["sslId"]?.whole)).publicKey == .init(key.publicKey))
        }
    }

    @Test func `a JSON string as body cannot be parsed, and could once`() async throws {
        try await withSimulator { caller in
            let path = "/api/ssl/v1/renewById/\(try await caller.enrol())"
            #expect(try await caller.ask("POST", path, "\"\"").code == -1002)
            try caller.simulator.control("POST", "quirks", #"{"strictRenewBody": false}"#)
            #expect(try await caller.ask("POST", path, "\"\"").status == 200)
        }
    }

    @Test func `what is not issued, or may not be renewed, is not renewed`() async throws {
        try await withSimulator { caller in
            let pending = try await caller.enrol(profile: 506)
            #expect(try await caller.ask("POST", "/api/ssl/v1/renewById/\(pending)").code == -105)
            try caller.simulator.control("POST", "world", #"{"profiles": [{"id": 501, "renewable": false}]}"#)
            let issued = try await caller.enrol()
            #expect(try await caller.ask("POST", "/api/ssl/v1/renewById/\(issued)").code == -180)
        }
    }

    @Test func `the renew id renews, and does not tell the new id`() async throws {
        try await withSimulator { caller in
            let order = try await caller.post("/api/ssl/v1/enroll", .order()).json
            let renewID = try #require(order["renewId"]?.string)
            let reply = try await caller.ask("POST", "/api/ssl/v1/renew/\(renewID)")
            #expect(reply.status == 204)
            #expect(reply.body.isEmpty)
            #expect(try await caller.get("/api/ssl/v1?commonName=a.example.com").total == 2)
            #expect(try await caller.ask("POST", "/api/ssl/v1/renew/nonsense").code == -124)
        }
    }

    private static func replacement(_ more: [String: Value] = [:]) throws -> Value {
        let csr = try Request.pem("a.example.com", key: P256.Signing.PrivateKey())
        let fields: [String: Value] = [
            "csr": .text(csr), "reason": "lost key", "subjectAlternativeNames": ["a.example.com", "c.example.com"],
        ]
        return .object(fields.merging(more) { _, last in last })
    }

    @Test func `a replacement comes under the same id, and the predecessor is there until then`() async throws {
        // Longer than the slowest machine takes.
        try await withSimulator(#"{"quirks": {"replaceSeconds": 600}}"#) { caller in
            let id = try await caller.enrol()
            let before = try await leaf(caller, id)
            let reply = try await caller.post("/api/ssl/v1/replace/\(id)", Self.replacement())
            #expect(reply.status == 204)
            #expect(try await caller.status(id) == "Applied")
            #expect(try await leaf(caller, id) == before)
            try caller.advance(601)
            #expect(try await caller.status(id) == "Issued")
            let after = try await leaf(caller, id)
            #expect(after.serialNumber != before.serialNumber)
            #expect(after.publicKey != before.publicKey)
            #expect(after.names == ["a.example.com", "c.example.com"])
            #expect(try await caller.get("/api/ssl/v1/\(id)").json["replaced"] != nil)
        }
    }

    @Test func `a replacement can hide the predecessor, and end in a status of its own`() async throws {
        let quirks =
            #"{"replacementCollect": "pending", "statusAfterReplace": "Replaced", "replaceSeconds": 600}"#
        try await withSimulator(#"{"quirks": \#(quirks)}"#) { caller in
            let id = try await caller.enrol()
            _ = try await caller.post("/api/ssl/v1/replace/\(id)", Self.replacement())
            #expect(try await caller.get("/api/ssl/v1/collect/\(id)/pem").code == 0)
            try caller.advance(601)
            #expect(try await caller.status(id) == "Replaced")
            #expect(try await caller.get("/api/ssl/v1/collect/\(id)/pem").status == 200)
        }
    }

    @Test(
        arguments: [
            (["subjectAlternativeNames": "a.example.com"], -1002), (["reason": nil], -7), (["reason": ""], -7),
            (["csr": nil], -7), (["subjectAlternativeNames": ["a.elsewhere.test"]], -1010),
        ] as [([String: Value], Int)])
    func `a replacement that SCM would not take is refused`(change: [String: Value], code: Int) async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            #expect(try await caller.post("/api/ssl/v1/replace/\(id)", Self.replacement(change)).code == code)
        }
    }

    @Test func `a predecessor's serial number ends the predecessor alone`() async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            let serial = try #require(try await caller.get("/api/ssl/v1/\(id)").json["serialNumber"]?.string)
            _ = try await caller.post("/api/ssl/v1/replace/\(id)", Self.replacement())
            try caller.advance(3)
            let path = "/api/ssl/v1/revoke/serial/\(serial)"
            #expect(try await caller.post(path, ["reason": "old", "reasonCode": 4]).status == 204)
            #expect(try await caller.post(path, ["reason": "old"]).code == -159)
            #expect(try await caller.status(id) == "Issued")
            #expect(try await caller.get("/api/ssl/v1/collect/\(id)/pem").status == 200)
        }
    }
}

extension Caller {
    fileprivate func enrol(_ more: [String: Value]) async throws -> Int {
        try await enrol(profile: 501, names: "", more)
    }
}
