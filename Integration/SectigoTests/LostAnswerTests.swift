// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import LifecycleTesting
import PublicCA
import SCMSimulator
import Testing

/// What costs money, and an answer that does not come: the engine over the host's own transport, its time moved by hand.
struct LostAnswerTests {
    /// SCM acted, and nobody was told.
    private static let afterwards = [
        #""kind": "loseAnswer""#, #""kind": "badGateway", "acts": true"#, #""kind": "unavailable", "acts": true"#,
        #""kind": "truncated""#, #""kind": "html", "acts": true"#, #""kind": "empty", "acts": true"#,
        #""kind": "redirect", "acts": true"#, #""kind": "deep", "acts": true"#,
        #""kind": "huge", "acts": true, "bytes": 50000000"#, #""kind": "gzipBomb", "acts": true"#,
        #""kind": "error", "code": -2, "acts": true"#, #""kind": "hang", "acts": true, "milliseconds": 200"#,
        #""kind": "answer", "acts": true, "status": 408"#,
        #""kind": "answer", "acts": true, "body": "{\"sslId\": 1e999}""#,
        #""kind": "answer", "acts": true, "body": "{\"sslId\": \"\\ud800\"}""#,
    ]

    /// SCM did nothing.
    private static let before = [
        #""kind": "loseRequest""#, #""kind": "tooManyRequests", "retryAfter": 1"#, #""kind": "unavailable""#,
        #""kind": "badGateway""#, #""kind": "html""#, #""kind": "hang", "milliseconds": 200"#,
        #""kind": "error", "code": -140"#, #""kind": "redirect""#,
    ]

    @Test(arguments: afterwards + before)
    func `orders, renewals and reissues are found by themselves, and bought once`(_ fault: String) async throws {
        try await buy(fault)
    }

    @Test(arguments: [SimulatedAccount.Login.certificate, .key], [afterwards[0], before[0]])
    func `it is so for every login`(_ login: SimulatedAccount.Login, _ fault: String) async throws {
        try await buy(fault, login)
    }

    /// Orders, renews and reissues, each with this fault in the way.
    private func buy(_ fault: String, _ login: SimulatedAccount.Login = .password) async throws {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let account = try SimulatedAccount(simulator)
            let lab = try await SimulatedLab(account, login)
            func bought(_ path: String, _ begin: () async throws -> Order) async throws -> IssuedCertificate {
                try account.fault(#"{\#(fault), "method": "POST", "path": "/api/ssl/v1/\#(path)"}"#)
                let order = try await lab.run(try await begin())
                #expect(order.phase == .completed, "\(path): \(order.phase), \(order.problem ?? "")")
                #expect(try account.simulator.control("GET", "faults") == "[]")
                return try await lab.lab.certificate(of: order)
            }
            let engine = lab.engine
            let first = try await bought("enroll") { try await engine.order(SimulatedLab.wish()) }
            #expect(try account.enrolments().map(\.count) == [1])
            let second = try await bought("renewById") { try await engine.renew(first.id) }
            #expect(try account.enrolments().map(\.count) == [1, 1])
            _ = try await bought("replace") { try await engine.reissue(second.id, SimulatedLab.reissue) }
            #expect(try account.enrolments().map(\.count) == [1, 2])
        }
    }

    @Test(arguments: [true, false])
    func `a write that outlasts its deadline is looked for, and believed lost only much later`(
        _ acts: Bool
    ) async throws {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let account = try SimulatedAccount(simulator)
            let lab = try await SimulatedLab(account)
            try account.fault(#"{"kind": "hang", "acts": \#(acts), "path": "/api/ssl/v1/enroll"}"#)
            let order = try await lab.engine.order(SimulatedLab.wish())
            let begun = lab.time.now()
            let passing = Task { try await lab.engine.pass() }
            await lab.time.untilSleeping()
            // The engine's time runs out once SCM has the order, and not before.
            while try simulator.control("GET", "faults") != "[]" { await Task.yield() }
            try lab.pass(.seconds(61))
            _ = try await passing.value
            let doubtful = try await lab.lab.current(order)
            #expect(doubtful.phase == .submitting, "\(doubtful.phase)")
            let settled = try await lab.run(order)
            #expect(settled.phase == .completed, "\(settled.problem ?? "")")
            #expect(try account.enrolments().count == 1)
            let isLate = lab.time.now().timeIntervalSince(begun) > 15 * 60
            #expect(isLate == !acts)
        }
    }

    @Test func `an order that could not be sent is sent once SCM is there`() async throws {
        // Whoever had this port has gone.
        let gone = try await SCMSimulator.serve(SimulatorSettings()) { $0.address }
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let account = try SimulatedAccount(simulator)
            let lab = try await SimulatedLab(account)
            let away = try await LifecycleEngine.testing(
                provider: try account.open(at: gone + "/api"), time: lab.time, repository: lab.lab.repository)
            let order = try await lab.engine.order(SimulatedLab.wish())
            try await away.engine.pass()
            let waiting = try await lab.lab.current(order)
            #expect(waiting.phase == .drafted && waiting.attempts == 0, "\(waiting.phase)")
            #expect(waiting.problem?.contains("nobody listens there") == true, "\(waiting.problem ?? "")")
            #expect(try await lab.run(order).phase == .completed)
            #expect(try account.enrolments().count == 1)
        }
    }
}
