// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

struct ControlTests {
    @Test func `the state counts calls by endpoint and tells what was ordered`() async throws {
        try await withSimulator(#"{"seed": 10}"#) { caller in
            let id = try await caller.enrol()
            for _ in 0..<3 { _ = try await caller.get("/api/ssl/v2/\(id)") }
            _ = try await caller.get("/api/elsewhere/v1")
            let state = try await caller.get("/simulator/state").json
            #expect(state["calls"]?["POST /api/ssl/v1/enroll"] == 1)
            #expect(state["calls"]?["GET /api/ssl/v1/{id}"] == 3)
            #expect(state["calls"]?["GET elsewhere"] == 1)
            #expect(state["total"] == 5)
            #expect(state["certificates"] == 11)
            #expect(state["peakInFlight"] == 1)
            #expect(state["placed"]?.list?.count == 1)
            #expect(state["placed"]?[0]?["csr"]?.string == Request.standard)
        }
    }

    @Test func `a reset brings back the start`() async throws {
        try await withSimulator(#"{"seed": 10}"#) { caller in
            let before = try await caller.get("/api/ssl/v1").text
            _ = try await caller.enrol()
            try caller.simulator.control("POST", "quirks", #"{"errors": "empty"}"#)
            try caller.simulator.control("POST", "reset")
            #expect(try await caller.get("/api/ssl/v1").text == before)
            #expect(try await caller.get("/api/ssl/v1?size=201").code == -1601)
            try caller.simulator.control("POST", "reset", #"{"seed": 3}"#)
            #expect(try await caller.get("/api/ssl/v1").total == 3)
        }
    }

    @Test(arguments: [
        ("POST", "quirks", #"{"nonsense": 1}"#), ("POST", "quirks", #"{"crlf": "yes"}"#), ("POST", "nonsense", ""),
        ("POST", "faults", #"{"kind": "nonsense"}"#), ("POST", "faults", "{"), ("POST", "world", #"{"x": []}"#),
    ])
    func `what the control endpoint does not know it refuses`(method: String, name: String, body: String) async throws {
        try await withSimulator { caller in
            #expect(throws: ControlRefused.self) { try caller.simulator.control(method, name, body) }
        }
    }

    @Test(arguments: [#"{"nonsense": 1}"#, #"{"quirks": {"nonsense": 1}}"#, #"{"port": "x"}"#, "[]", "{"])
    func `settings that mean nothing are refused`(json: String) {
        #expect(throws: (any Error).self) { try SimulatorSettings(json: json) }
    }

    @Test func `thinking takes as long as it is told to, and others are served meanwhile`() async throws {
        try await withSimulator(#"{"think": 100}"#) { caller in
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { _ = try await caller.get("/api/admin/v1/password") } }
                try await group.waitForAll()
            }
            #expect(ContinuousClock.now - start >= .milliseconds(100))
            #expect(caller.simulator.peakInFlight > 1)
        }
    }

    @Test(arguments: ["plainText", "empty"])
    func `errors need not be JSON`(form: String) async throws {
        try await withSimulator(#"{"quirks": {"errors": "\#(form)"}}"#) { caller in
            let reply = try await caller.get("/api/ssl/v1?size=201")
            #expect(reply.status == 400)
            #expect(reply.code == nil)
            #expect(reply.body.isEmpty == (form == "empty"))
        }
    }

    @Test func `people order, renew and revoke in the portal`() async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol()
            try caller.simulator.control("POST", "renew", #"{"id": \#(id)}"#)
            try caller.simulator.control("POST", "orders", #"{"commonName": "other.example.com"}"#)
            try caller.simulator.control("POST", "revoke", #"{"id": \#(id)}"#)
            #expect(try await caller.get("/api/ssl/v1?commonName=a.example.com").total == 2)
            #expect(try await caller.get("/api/ssl/v1?commonName=other.example.com&status=Issued").total == 1)
            #expect(try await caller.status(id) == "Revoked")
            try caller.simulator.control("POST", "forget", #"{"id": \#(id)}"#)
            #expect(try await caller.get("/api/ssl/v1/\(id)").status == 404)
        }
    }
}
