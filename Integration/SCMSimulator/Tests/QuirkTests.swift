// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import SCMSimulator
import Testing

/// Knobs that no other suite turns: each changes what it says, and does not while it is left alone.
struct QuirkTests {
    private func with(
        _ name: String, _ value: String, _ body: @Sendable @escaping (Caller) async throws -> Void
    ) async throws {
        try await withSimulator(#"{"quirks": {"\#(name)": \#(value)}}"#, body)
    }

    @Test(arguments: [-111, -39])
    func `an unknown profile has one of two codes`(code: Int) async throws {
        try await with("unknownProfileCode", "\(code)") { caller in
            let reply = try await caller.post("/api/ssl/v1/enroll", .order(profile: 999))
            #expect(reply.code == code)
        }
    }

    @Test(arguments: [("contains", 1), ("exact", 0)])
    func `names are compared in whole or in part`(matching: String, found: Int) async throws {
        try await with("nameMatching", #""\#(matching)""#) { caller in
            _ = try await caller.enrol()
            #expect(try await caller.get("/api/ssl/v1?commonName=A.Example.com").total == 1)
            #expect(try await caller.get("/api/ssl/v1?commonName=example").total == found)
        }
    }

    @Test(arguments: [(200, 3), (2, 2)])
    func `a list that names no size has one`(size: Int, count: Int) async throws {
        try await with("defaultSize", "\(size)") { caller in
            for _ in 0..<3 { _ = try await caller.enrol() }
            let reply = try await caller.get("/api/ssl/v1")
            #expect(reply.json.list?.count == count && reply.total == 3)
            #expect(try await caller.get("/api/ssl/v1?size=3").json.list?.count == 3)
        }
    }

    @Test(arguments: [("number", 4), ("word", "superseded")] as [(String, Value)])
    func `the reason of a revocation is shown as a number or as a word`(form: String, shown: Value) async throws {
        try await with("reasonCodeForm", #""\#(form)""#) { caller in
            let id = try await caller.enrol()
            _ = try await caller.post("/api/ssl/v1/revoke/\(id)", ["reason": "x", "reasonCode": 4])
            #expect(try await caller.get("/api/ssl/v1/\(id)").json["reasonCode"] == shown)
        }
    }

    @Test(arguments: [(false, 400), (true, 204)])
    func `a replacement may need no reason`(isAllowed: Bool, status: Int) async throws {
        try await with("emptyReplaceReasonAllowed", "\(isAllowed)") { caller in
            let id = try await caller.enrol()
            let body: Value = ["csr": .text(Request.standard), "reason": ""]
            #expect(try await caller.post("/api/ssl/v1/replace/\(id)", body).status == status)
        }
    }

    @Test(arguments: [(false, ["a.example.com"]), (true, ["a.example.com", "www.a.example.com"])])
    func `a single name may get a second one with www`(adds: Bool, names: [String]) async throws {
        try await with("addWWW", "\(adds)") { caller in
            let id = try await caller.enrol()
            let text = try await caller.get("/api/ssl/v1/collect/\(id)/x509CO").text
            #expect(try Request.certificates(text).first?.names == names)
            let two = try await caller.enrol(names: "b.example.com")
            let shown = try await caller.get("/api/ssl/v1/\(two)").json["subjectAlternativeNames"]
            #expect(shown == ["a.example.com", "b.example.com"])
        }
    }

    @Test(arguments: [(true, nil), (false, -1010)])
    func `departments use their organization's domains, or not`(inherits: Bool, code: Int?) async throws {
        try await with("departmentsInherit", "\(inherits)") { caller in
            let reply = try await caller.post("/api/ssl/v1/enroll", .order(["orgId": 101]))
            #expect(reply.code == code && (reply.status == 200) == inherits)
        }
    }

    @Test(arguments: [false, true])
    func `serial numbers have colons or none`(isPlain: Bool) async throws {
        try await with("plainSerials", "\(isPlain)") { caller in
            let id = try await caller.enrol()
            let serial = try #require(try await caller.get("/api/ssl/v1/\(id)").json["serialNumber"]?.string)
            #expect(serial.contains(":") == !isPlain)
            #expect(try await caller.get("/api/ssl/v1").json[0]?["serialNumber"]?.string == serial)
            #expect(try await caller.get("/api/ssl/v1?serialNumber=\(serial)").total == 1)
        }
    }

    @Test(
        arguments: [
            "status=SA%20Approved", "requestedVia=REST%20API", "installStatus=Not%20configured",
            "renewalStatus=Not%20scheduled",
        ], [false, true])
    func `filters may take constants only`(readable: String, isStrict: Bool) async throws {
        try await with("strictFilters", "\(isStrict)") { caller in
            let reply = try await caller.get("/api/ssl/v1?\(readable)")
            #expect(reply.code == (isStrict ? -1601 : nil))
            for constant in ["status=SAApproved", "requestedVia=REST", "installStatus=NONE", "renewalStatus=STARTED"] {
                #expect(try await caller.get("/api/ssl/v1?\(constant)").status == 200)
            }
        }
    }

    @Test(arguments: [true, false])
    func `a token may not tell when it ends`(tells: Bool) async throws {
        try await with("tokenTellsExpiry", "\(tells)") { caller in
            var request = HTTPClientRequest(url: caller.simulator.tokenAddress)
            request.method = .POST
            let form = "grant_type=client_credentials&client_id=master-client&client_secret=master-secret"
            request.body = .bytes(ByteBuffer(string: form))
            let response = try await caller.client.execute(request, timeout: .seconds(20))
            let bytes = try await response.body.collect(upTo: 1 << 20)
            let token = try JSONDecoder().decode(Value.self, from: Data(bytes.readableBytesView))
            #expect(token["access_token"] != nil)
            #expect(token["expires_in"] == (tells ? 300 : nil))
        }
    }
}

extension Caller {
    fileprivate func enrol() async throws -> Int { try await enrol(profile: 501) }
}
