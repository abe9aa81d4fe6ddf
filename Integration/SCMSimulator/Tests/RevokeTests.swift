// SPDX-License-Identifier: Apache-2.0

import SCMSimulator
import Testing

struct RevokeTests {
    @Test(
        arguments: [
            (nil, 0), (1, 1), ("4", 4), ("keyCompromise", 1), ("CESSATION_OF_OPERATION", 5), ("superseded", 4),
        ] as [(Value?, Int)])
    func `a certificate is revoked, whichever way the reason is written`(code: Value?, number: Int) async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            var body: [String: Value] = ["reason": "test"]
            body["reasonCode"] = code
            let reply = try await caller.post("/api/ssl/v1/revoke/\(id)", .object(body))
            #expect(reply.status == 204)
            #expect(reply.body.isEmpty)
            let details = try await caller.get("/api/ssl/v1/\(id)").json
            #expect(details["status"] == "Revoked")
            #expect(details["reasonCode"]?.whole == number)
            #expect(details["revoked"] != nil)
            #expect(try await caller.get("/api/ssl/v1/collect/\(id)/pem").code == -110)
            #expect(try await caller.post("/api/ssl/v1/revoke/\(id)", .object(body)).code == -159)
        }
    }

    @Test(
        arguments: [
            ([:], -7), (["reason": ""], -7), (["reason": 4], -1002), (["reason": "x", "reasonCode": 2], -1601),
            (["reason": "x", "reasonCode": "boredom"], -1601), (["reason": "x", "reasonCode": [1]], -1002),
        ] as [(Value, Int)])
    func `a revocation that says too little or nonsense is refused`(body: Value, code: Int) async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            #expect(try await caller.post("/api/ssl/v1/revoke/\(id)", body).code == code)
            #expect(try await caller.status(id) == "Issued")
        }
    }

    @Test(arguments: [
        ("2026-05-21", "05/21/2026"), ("2026-05-21T23:30:00Z", "05/21/2026"),
        ("2026-05-22T01:30:00+02:00", "05/21/2026"),
        ("2026-05-21T10:20:30.123Z", "05/21/2026"),
    ])
    func `a revocation is entered by hand with its date`(date: String, shown: String) async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            let body: Value = ["certId": .number(Double(id)), "revokeDate": .text(date), "reasonCode": 4]
            #expect(try await caller.post("/api/ssl/v1/revoke/manual", body).status == 204)
            let details = try await caller.get("/api/ssl/v1/\(id)").json
            #expect(details["status"] == "Revoked" && details["revoked"]?.string == shown)
            #expect(details["reasonCode"]?.whole == 4)
            #expect(try await caller.post("/api/ssl/v1/revoke/manual", body).code == -159)
        }
    }

    @Test func `by hand, a certificate is named by its id or by serial number and issuer`() async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            let details = try await caller.get("/api/ssl/v1/\(id)").json
            let issuer = try #require(details["certificateDetails"]?["issuer"])
            let serial = try #require(details["serialNumber"])
            let refused: [(Value, Int)] = [
                ([:], -951), (["serialNumber": serial], -951), (["certId": 7], -5101),
                (["serialNumber": serial, "issuer": "CN=Somebody else"], -166),
                (["serialNumber": "AB:CD", "issuer": issuer], -166),
                (["certId": .number(Double(id)), "revokeDate": "yesterday"], -1601),
            ]
            for (body, code) in refused {
                #expect(try await caller.post("/api/ssl/v1/revoke/manual", body).code == code, "\(body.text)")
            }
            #expect(try await caller.status(id) == "Issued")
            let named: Value = ["serialNumber": serial, "issuer": issuer]
            #expect(try await caller.post("/api/ssl/v1/revoke/manual", named).status == 204)
            #expect(try await caller.status(id) == "Revoked")
        }
    }

    @Test func `only what is issued can be revoked`() async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol(profile: 506)
            #expect(try await caller.post("/api/ssl/v1/revoke/\(id)", ["reason": "x"]).code == -102)
            #expect(try await caller.post("/api/ssl/v1/revoke/serial/AB:CD", ["reason": "x"]).status == 404)
        }
    }

    @Test func `the code can be mandatory`() async throws {
        try await withSimulator(#"{"quirks": {"reasonCodeMandatory": true}}"#) { caller in
            let id = try await caller.enrol()
            #expect(try await caller.post("/api/ssl/v1/revoke/\(id)", ["reason": "x"]).code == -7)
            #expect(try await caller.post("/api/ssl/v1/revoke/\(id)", ["reason": "x", "reasonCode": 1]).status == 204)
        }
    }

    @Test func `an update changes comments at any time, and the order itself only before there is a certificate`()
        async throws
    {
        try await withSimulator { caller in
            let issued = try await caller.enrol()
            let sent: Value = ["sslId": .number(Double(issued)), "comments": "seen"]
            let reply = try await caller.ask("PUT", "/api/ssl/v1", sent.text)
            #expect(reply.json["comments"] == "seen")
            let late: Value = ["sslId": .number(Double(issued)), "commonName": "b.example.com"]
            #expect(try await caller.ask("PUT", "/api/ssl/v1", late.text).code == -1601)
            let rejected = try await caller.enrol(profile: 504)
            try caller.advance(60)
            let again: Value = ["sslId": .number(Double(rejected)), "certTypeId": 501]
            #expect(try await caller.ask("PUT", "/api/ssl/v1", again.text).json["status"] == "Issued")
        }
    }

    @Test func `only what was imported can be deleted`() async throws {
        try await withSimulator(#"{"seed": 50}"#) { caller in
            let found = try await caller.get("/api/ssl/v1?requestedVia=IMPORTED").json
            let imported = try #require(found[0]?["sslId"]?.whole)
            #expect(try await caller.ask("DELETE", "/api/ssl/v1/\(imported)").status == 204)
            #expect(try await caller.get("/api/ssl/v1/\(imported)").status == 404)
            let other = try await caller.enrol()
            #expect(try await caller.ask("DELETE", "/api/ssl/v1/\(other)").code == -3)
        }
    }
}
