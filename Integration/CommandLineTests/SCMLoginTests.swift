// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// Accounts that SCM refuses, or lets do only a part.
struct SCMLoginTests {
    private static let answers = ["unknownUser", "wrongLogin", "customerNotFound", "emptyBody", "plainText"]

    /// What adding an account that is refused says, at a simulator with these quirks.
    private func refusal(
        _ quirks: String, user: String = "master", customer: String = "acme", login: SCMLogin = .password,
        secret: String = "wrong-canary"
    ) async throws -> String {
        let settings = try SimulatorSettings(json: #"{"tls": true, "quirks": \#(quirks)}"#)
        return try await SCMSimulator.serve(settings) { simulator in
            let command = try PublicCACommand(environment: ["PASSWORD": secret, "SECRET": secret])
            let added = try await command.run(
                try command.adding(login, at: simulator, user: user, customer: customer))
            #expect(added.status == 77)
            #expect(added.error.split(separator: "\n").count <= 2, "\(added.error)")
            #expect(!(added.error + added.text).contains("canary"))
            #expect(try await command.items("account", "list").isEmpty)
            return added.error
        }
    }

    @Test(arguments: answers)
    func `a wrong password is told in words, however SCM puts it`(_ answer: String) async throws {
        let error = try await refusal(#"{"wrongPassword": "\#(answer)"}"#)
        #expect(error.contains(answer == "customerNotFound" ? "customer URI" : "password"), "\(error)")
    }

    @Test(arguments: answers)
    func `an expired password is told in words, however SCM puts it`(_ answer: String) async throws {
        let error = try await refusal(
            #"{"expiredPassword": "\#(answer)"}"#, user: "outdated", secret: "outdated-password")
        #expect(error.contains(answer == "customerNotFound" ? "customer URI" : "expired"), "\(error)")
    }

    @Test(arguments: answers)
    func `an unknown customer is told in words, however SCM puts it`(_ answer: String) async throws {
        let error = try await refusal(
            #"{"unknownCustomer": "\#(answer)"}"#, customer: "nobody", secret: "master-password")
        #expect(error.contains(answer == "wrongLogin" ? "password" : "customer URI"), "\(error)")
    }

    @Test func `as SCM usually puts them, an expired password and an unknown customer are told apart`() async throws {
        let expired = try await refusal("{}", user: "outdated", secret: "outdated-password")
        let unknown = try await refusal("{}", customer: "nobody", secret: "master-password")
        #expect(expired.contains("has expired") && !expired.contains("customer URI"))
        #expect(unknown.contains("does not know this customer URI") && !unknown.contains("password"))
    }

    @Test func `a client certificate and an API key are refused in words of their own`() async throws {
        let certificate = try await refusal("{}", customer: "nobody", login: .certificate)
        #expect(certificate.contains("customer URI") && !certificate.contains("password"))
        let key = try await refusal("{}", login: .key)
        #expect(key.contains("client") && !key.contains("password"))
    }

    @Test func `a token that is still good hides no wrong API key`() async throws {
        try await withSCM(.key) { command, simulator in
            let calls = { try simulator.calls("GET /api/organization") }
            for wrong in [["--set", "client-id=nobody-client"], ["--secret", "client-secret=env:WRONG"]] {
                let before = try calls()
                let set = try await command.run(["account", "set", "scm"] + wrong, environment: ["WRONG": "canary"])
                #expect(set.status == 77, "\(wrong): \(set.error)")
                #expect(try calls() == before)
            }
            let spoiled = try await command.run(["account", "verify", "scm"], environment: ["SECRET": "canary"])
            #expect(spoiled.status == 77, "\(spoiled.text)")
            #expect(try await command.run("account", "remove", "scm", "--yes").status == 0)
            let adding = try command.adding(.key, at: simulator)
            #expect(try await command.run(adding, environment: ["SECRET": "canary"]).status == 77)
            #expect(try await command.run(adding).status == 0)
        }
    }

    @Test func `a page that blocks one order ends it, and nothing else of the account`() async throws {
        try await withSCM { command, simulator in
            try simulator.fault(
                #"{"kind": "answer", "path": "/api/ssl/v1/enroll", "acts": false, "status": 403, "body": "<html><title>Request blocked</title></html>"}"#
            )
            let ordered = try await command.orderAtSCM("shop.example.com")
            #expect(ordered.status == 1)
            #expect(ordered.error.contains("or something before it, forbids this request: Request blocked"))
            #expect(!ordered.error.contains("password"), "\(ordered.error)")
            #expect(try simulator.enrolments().filter { "\($0)".contains("shop.example.com") }.isEmpty)
            #expect(try await command.orderAtSCM("mail.example.com").status == 0)
        }
    }

    @Test func `a check that succeeds says that the account is still paused, and how it goes on`() async throws {
        try await withSCM { command, _ in
            #expect(try await command.run("account", "verify", "scm").text.contains("paused") == false)
            #expect(try await command.run("account", "pause", "scm").status == 0)
            let verified = try await command.run("account", "verify", "scm")
            #expect(verified.status == 0 && verified.text.contains("is still paused"))
            #expect(verified.text.contains("publicca account resume scm"))
        }
    }

    @Test func `a password that ends while orders wait stops the account once, and a new one goes on`() async throws {
        try await withSCM { command, simulator in
            #expect(try await command.orderAtSCM("wait.example.com", profile: "Approved OV").status == 3)
            try simulator.control("POST", "world", #"{"administrators": [{"id": 1, "password": "another"}]}"#)
            let checked = try await command.run("order", "check", "wait.example.com")
            #expect(checked.status == 77 && checked.error.contains("password"), "\(checked.error)")
            let before = try simulator.calls("GET /api/ssl")
            #expect(try await command.run("order", "check", "wait.example.com").status == 77)
            #expect(try simulator.calls("GET /api/ssl") == before)
            let mended = try await command.run(
                ["account", "set", "scm", "--secret", "password=env:PASSWORD"], environment: ["PASSWORD": "another"])
            #expect(mended.status == 0, "\(mended.error)")
            let again = try await command.run(
                ["order", "check", "wait.example.com"], environment: ["PASSWORD": "another"])
            #expect(again.status == 3, "\(again.error)")
        }
    }
}
