// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import SCMSimulator
import Testing
import X509

struct FaultTests {
    private static let enrol = "/api/ssl/v1/enroll"

    private func script(_ caller: Caller, _ fault: String) throws {
        try caller.simulator.control("POST", "faults", fault)
    }

    @Test(arguments: [("loseAnswer", 1), ("loseRequest", 0)])
    func `a lost connection leaves an order behind, or none`(kind: String, orders: Int) async throws {
        try await withSimulator { caller in
            try script(caller, #"{"method": "POST", "path": "\#(Self.enrol)", "kind": "\#(kind)"}"#)
            await #expect(throws: (any Error).self) { try await caller.post(Self.enrol, .order()) }
            #expect(try await caller.get("/api/ssl/v1").total == orders)
            #expect(try await caller.post(Self.enrol, .order()).status == 200)
        }
    }

    @Test(arguments: [
        ("tooManyRequests", 429, "7"), ("unavailable", 503, "7"), ("badGateway", 502, nil), ("html", 200, nil),
        ("empty", 200, nil),
    ])
    func `an answer from before SCM has no effect, unless asked for one`(
        kind: String, status: Int, retryAfter: String?
    ) async throws {
        try await withSimulator { caller in
            for acts in [false, true] {
                try script(caller, #"{"kind": "\#(kind)", "retryAfter": 7, "acts": \#(acts)}"#)
                let reply = try await caller.post(Self.enrol, .order())
                #expect(reply.status == status)
                #expect(reply.headers["retry-after"] == retryAfter)
                #expect(try await caller.get("/api/ssl/v1").total == (acts ? 1 : 0))
            }
        }
    }

    @Test func `errors of SCM's own can be had in any number`() async throws {
        try await withSimulator { caller in
            try script(
                caller, #"[{"kind": "error", "code": -129, "after": 1, "count": 2}, {"kind": "error", "path": "/x"}]"#)
            var codes: [Int?] = []
            for _ in 0..<4 { codes.append(try await caller.get("/api/ssl/v1").code) }
            #expect(codes == [nil, -129, -129, nil])
            #expect(try caller.simulator.control("GET", "state").contains(#""faultsLeft":1"#))
            try caller.simulator.control("DELETE", "faults")
            #expect(try caller.simulator.control("GET", "faults") == "[]")
        }
    }

    @Test func `a share of calls is struck by chance, the same for the same seed`() async throws {
        try await withSimulator { caller in
            var runs: [[Int]] = []
            for _ in 0..<2 {
                try caller.simulator.control("POST", "luck", #"{"seed": 7}"#)
                try script(caller, #"{"kind": "unavailable", "share": 0.5, "count": 1000}"#)
                var run: [Int] = []
                for _ in 0..<20 { run.append(try await caller.get("/api/ssl/v1").status) }
                runs.append(run)
                try caller.simulator.control("DELETE", "faults")
            }
            #expect(Set(runs[0]) == [200, 503] && runs[0] == runs[1])
            #expect(try caller.simulator.control("GET", "calls").contains(#""total":40"#))
        }
    }

    @Test func `an answer can be had word for word`() async throws {
        try await withSimulator { caller in
            try script(
                caller,
                #"{"kind": "answer", "status": 418, "headers": {"X-Total-Count": "-1"}, "body": "[\\u0063"}"#)
            let reply = try await caller.get("/api/ssl/v1")
            #expect(reply.status == 418 && reply.headers["x-total-count"] == "-1")
            #expect(reply.text == #"[\u0063"#)
        }
    }

    @Test func `a truncated answer ends in the middle`() async throws {
        try await withSimulator { caller in
            try script(caller, #"{"kind": "truncated"}"#)
            await #expect(throws: (any Error).self) { try await caller.get("/api/organization/v1") }
        }
    }

    @Test func `a drip arrives whole in the end`() async throws {
        try await withSimulator { caller in
            try script(caller, #"{"kind": "drip", "milliseconds": 1}"#)
            #expect(try await caller.get("/api/admin/v1/password").json["state"] == "ALIVE")
        }
    }

    @Test func `bytes that are no UTF-8 spoil an answer`() async throws {
        try await withSimulator { caller in
            try script(caller, #"{"kind": "invalidUTF8"}"#)
            let reply = try await caller.get("/api/organization/v1")
            #expect(String(data: reply.body, encoding: .utf8) == nil)
            #expect(reply.status == 200)
        }
    }

    @Test func `a body can be as large or as deep as asked for`() async throws {
        try await withSimulator { caller in
            try script(caller, #"[{"kind": "huge", "bytes": 10000000}, {"kind": "deep", "depth": 1000}]"#)
            #expect(try await caller.get("/api/ssl/v1").body.count > 9_900_000)
            let deep = try await caller.get("/api/ssl/v1").text
            #expect(deep == String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000))
        }
    }

    @Test func `a bomb is small until it is unpacked`() async throws {
        try await withSimulator { caller in
            var caller = caller
            try script(caller, #"{"kind": "gzipBomb", "bytes": 100000000}"#)
            await #expect(throws: (any Error).self) { try await caller.get("/api/ssl/v1") }
            caller.client = HTTPClient(configuration: .init(decompression: .disabled))
            try script(caller, #"{"kind": "gzipBomb", "bytes": 100000000}"#)
            let reply = try await caller.get("/api/ssl/v1")
            try await caller.client.shutdown()
            #expect(reply.headers["content-encoding"] == "gzip")
            #expect(reply.body.count < 1_000_000)
            #expect(reply.body.starts(with: [0x1F, 0x8B]))
        }
    }

    @Test func `a redirect leads elsewhere`() async throws {
        try await withSimulator { caller in
            var caller = caller
            caller.client = HTTPClient(configuration: .init(redirectConfiguration: .disallow))
            try script(caller, #"{"kind": "redirect", "location": "https://elsewhere.test/x"}"#)
            let reply = try await caller.get("/api/ssl/v1")
            try await caller.client.shutdown()
            #expect(reply.status == 302)
            #expect(reply.headers["location"] == "https://elsewhere.test/x")
        }
    }

    @Test func `somebody's order between two pages moves the rest on by one`() async throws {
        try await withSimulator(#"{"seed": 6}"#) { caller in
            try script(caller, #"{"kind": "pageShift", "path": "/api/ssl/v1", "after": 1}"#)
            let first = try #require(try await caller.get("/api/ssl/v1?size=3").json.list)
            let second = try #require(try await caller.get("/api/ssl/v1?size=3&position=3").json.list)
            #expect(first.last == second.first)
        }
    }

    @Test(arguments: ["wrongKey", "missingName", "expired", "mixedChain"])
    func `a certificate can be spoiled once`(kind: String) async throws {
        try await withSimulator { caller in
            let path = "/api/ssl/v1/collect/\(try await caller.enrol(names: "b.example.com"))/pemia"
            let good = try Request.certificates(try await caller.get(path).text)
            try script(caller, #"{"kind": "\#(kind)"}"#)
            let bad = try Request.certificates(try await caller.get(path).text)
            #expect((bad[0].publicKey != good[0].publicKey) == (kind == "wrongKey" || kind == "mixedChain"))
            #expect((bad[0].names == ["a.example.com"]) == (kind == "missingName"))
            #expect((bad[0].notValidAfter < Date()) == (kind == "expired"))
            #expect((bad.map(\.commonName) == good.map(\.commonName).reversed()) == (kind == "mixedChain"))
            #expect(try Request.certificates(try await caller.get(path).text) == good)
        }
    }

    @Test func `whoever hangs waits in vain`() async throws {
        try await withSimulator { caller in
            try script(caller, #"{"kind": "hang", "milliseconds": 50}"#)
            await #expect(throws: (any Error).self) { try await caller.get("/api/ssl/v1") }
        }
    }
}
