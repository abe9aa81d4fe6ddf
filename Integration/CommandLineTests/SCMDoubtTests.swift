// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// Orders whose answer comes too late, or not at all, at the command line.
struct SCMDoubtTests {
    @Test(arguments: SCMLogin.allCases)
    func `an order that outlasts its deadline is found`(_ login: SCMLogin) async throws {
        try await withSCM(login, more: ["--set", "write-deadline=5s"]) { command, simulator in
            try simulator.fault(#"{"kind": "hang", "acts": true, "path": "/api/ssl/v1/enroll"}"#)
            let ordered = try await command.orderAtSCM("shop.example.com", "--wait", "60")
            #expect(ordered.status == 0, "\(ordered.error)")
            #expect(try simulator.enrolments().count == 1)
            #expect(try simulator.calls("POST /api/ssl/v1/enroll") == 1)
            let told = try await command.run("journal", "shop.example.com").text
            #expect(told.contains("no answer within 5 s, and we gave up waiting"), "\(told)")
        }
    }

    @Test func `an order that may be lost is not sent again at once, and says so`() async throws {
        try await withSCM { command, simulator in
            try simulator.fault(#"{"kind": "loseRequest", "path": "/api/ssl/v1/enroll"}"#)
            let ordered = try await command.orderAtSCM("shop.example.com", "--wait", "3")
            #expect(ordered.status == 3, "\(ordered.error)")
            #expect(
                ordered.text.contains(" is submitting: the answer to the order was lost, and it has been looked for"))
            let order = try await command.json("order", "show", "shop.example.com")
            #expect(order["state"] as? String == "submitting" && order["nextStep"] as? String == "locate")
            let problem = try #require(order["problem"] as? String)
            #expect(
                problem.contains("was lost") && problem.contains(" since 20") && problem.contains("no whole answer"))
            #expect(try simulator.calls("POST /api/ssl/v1/enroll") == 1)
            #expect(try simulator.calls("GET /api/ssl/v1") > 0)
        }
    }

    @Test func `an SCM that is gone is told, and what was ordered waits unsent`() async throws {
        let command = try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let command = try PublicCACommand(environment: ["PASSWORD": "master-password"])
            let added = try await command.run(try command.adding(.password, at: simulator))
            try #require(added.status == 0, "\(added.error)")
            return command
        }
        let verified = try await command.run("account", "verify", "scm")
        #expect(verified.status == 69 && verified.error.contains("nobody listens there"), "\(verified.error)")
        #expect(try await command.orderAtSCM("shop.example.com").status == 3)
        let order = try await command.json("order", "show", "shop.example.com")
        #expect(order["state"] as? String == "drafted" && order["nextStep"] as? String == "submit")
        #expect((order["problem"] as? String)?.contains("nobody listens there") == true)
    }
}
