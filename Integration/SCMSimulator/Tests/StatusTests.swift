// SPDX-License-Identifier: Apache-2.0

import SCMSimulator
import Testing

/// The path of an order, told by a clock that the test moves.
struct StatusTests {
    @Test func `an order passes through its stages by time alone`() async throws {
        try await withSimulator { caller in
            var caller = caller
            // Whose password lasts longer than the certificate.
            caller.headers = Caller.headers(login: "registrar")
            // Stages that outlast the slowest machine.
            try caller.simulator.control(
                "POST", "world",
                #"{"profiles": [{"id": 502, "course": {"requestedSeconds": 600, "appliedSeconds": 600}}]}"#)
            let id = try await caller.enrol(profile: 502)
            #expect(try await caller.status(id) == "Requested")
            try caller.advance(601)
            #expect(try await caller.status(id) == "Applied")
            #expect(try await caller.get("/api/ssl/v1/collect/\(id)").code == 0)
            try caller.advance(600)
            #expect(try await caller.status(id) == "Issued")
            try caller.advance(199 * 86_400)
            #expect(try await caller.status(id) == "Expired")
        }
    }

    @Test(arguments: [
        (501, "Issued"), (504, "Rejected"), (505, "Invalid"), (506, "Applied"), (507, "Awaiting Moonrise"),
    ])
    func `each profile ends as it is meant to`(profile: Int, end: String) async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol(profile: profile)
            try caller.advance(3600)
            #expect(try await caller.status(id) == end)
            let collected = try await caller.get("/api/ssl/v1/collect/\(id)").status
            #expect(collected == (end == "Issued" ? 200 : 400))
        }
    }

    @Test func `an administrator approves or declines what waits, once and with a message`() async throws {
        try await withSimulator { caller in
            let first = try await caller.enrol(profile: 503)
            let second = try await caller.enrol(profile: 503)
            try caller.advance(3600)
            #expect(try await caller.status(first) == "Requested")
            #expect(try await caller.post("/api/ssl/v1/approve/\(first)", [:]).code == -7)
            #expect(try await caller.post("/api/ssl/v1/approve/\(first)", ["message": "fine"]).status == 204)
            #expect(try await caller.status(first) == "Issued")
            #expect(try await caller.post("/api/ssl/v1/decline/\(first)", ["message": "no"]).code == -1112)
            #expect(try await caller.post("/api/ssl/v1/decline/\(second)", ["message": "no"]).status == 204)
            #expect(try await caller.status(second) == "Declined")
            #expect(try await caller.get("/api/ssl/v1/\(second)").json["declined"] != nil)
        }
    }

    @Test func `who approves at once does not wait`() async throws {
        try await withSimulator { caller in
            var registrar = caller
            registrar.headers = Caller.headers(login: "registrar")
            let id = try await registrar.enrol(profile: 503)
            #expect(try await registrar.status(id) == "Issued")
            let waiting = try await caller.enrol(profile: 503)
            #expect(try await registrar.post("/api/ssl/v1/approve/\(waiting)", ["message": "x"]).code == -3)
        }
    }

    @Test(arguments: [
        ("codeZero", 400, 0), ("notCollectable", 400, -183), ("requestBeingProcessed", 400, -1400),
        ("emptyOK", 200, nil),
    ])
    func `not yet is said in four ways`(answer: String, status: Int, code: Int?) async throws {
        try await withSimulator(#"{"quirks": {"pendingAnswer": "\#(answer)"}}"#) { caller in
            let id = try await caller.enrol(profile: 506)
            let reply = try await caller.get("/api/ssl/v1/collect/\(id)?format=x509")
            #expect(reply.status == status)
            #expect(reply.code == code)
            #expect(code != nil || reply.body.isEmpty)
        }
    }

    @Test func `a certificate can be issued and not be collectable yet`() async throws {
        try await withSimulator(#"{"quirks": {"collectLagSeconds": 30}}"#) { caller in
            let id = try await caller.enrol()
            #expect(try await caller.status(id) == "Issued")
            #expect(try await caller.get("/api/ssl/v1/collect/\(id)").code == 0)
            try caller.advance(31)
            #expect(try await caller.get("/api/ssl/v1/collect/\(id)").status == 200)
        }
    }

    @Test func `people and the CA decide through the control endpoint`() async throws {
        try await withSimulator { caller in
            let id = try await caller.enrol(profile: 506)
            try caller.simulator.control("POST", "status", #"{"id": \#(id), "status": "Init"}"#)
            #expect(try await caller.status(id) == "Init")
            try caller.simulator.control("POST", "issue", #"{"id": \#(id)}"#)
            #expect(try await caller.status(id) == "Issued")
            #expect(throws: (any Error).self) { try caller.simulator.control("POST", "issue", #"{"id": 1}"#) }
        }
    }
}
