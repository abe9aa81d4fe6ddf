// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// What an account is not allowed is said when it is added, and again before it is tried.
struct SCMRoleTests {
    /// An account of this user; `body` is told what adding it said.
    private func withUser(
        _ user: String, _ login: SCMLogin = .password, world: String = "{}",
        _ body: @escaping @Sendable (PublicCACommand, SCMSimulator, String) async throws -> Void
    ) async throws {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            try simulator.control("POST", "world", world)
            let command = try PublicCACommand(environment: [
                "PASSWORD": "\(user)-password", "SECRET": "\(user)-secret",
            ])
            let added = try await command.run(try command.adding(login, at: simulator, user: user))
            try #require(added.status == 0, "\(added.error)")
            try await body(command, simulator, added.error)
        }
    }

    private static let lesser = #"""
        {"administrators": [{"id": 2, "privileges": ["sslRenew", "autoApproveCertificates"]}]}
        """#

    @Test func `a registrar's account works, and says what it does not see`() async throws {
        try await withUser("registrar") { command, simulator, warnings in
            #expect(warnings.contains("RAO_SSL, not MRAO"), "\(warnings)")
            #expect(!warnings.contains("cannot"))
            let ordered = try await command.orderAtSCM("shop.example.com", "--wait", "60")
            #expect(ordered.status == 0, "\(ordered.error)")
            #expect(try simulator.enrolments().count == 1)
        }
    }

    @Test func `a missing privilege is a warning, and nothing that needs it is sent`() async throws {
        try await withUser("registrar", world: Self.lesser) { command, simulator, warnings in
            for word in ["order", "reissue", "revoke"] { #expect(warnings.contains("cannot \(word)"), "\(warnings)") }
            #expect(!warnings.contains("cannot renew"))
            let ordered = try await command.orderAtSCM("shop.example.com")
            #expect(ordered.status == 1 && ordered.error.contains("lacks the privilege sslRequest"))
            #expect(ordered.error.contains("publicca account verify scm"))
            #expect(try simulator.calls("POST /api/ssl") == 0)
            #expect(try await command.items("order", "list").isEmpty)
        }
    }

    @Test func `successors for an organization that may have to wait are warned of, and for a closed one refused`()
        async throws
    {
        try await withUser("master") { command, simulator, _ in
            #expect(try await command.orderAtSCM("shop.example.com", "--wait", "60").status == 0)
            try simulator.control(
                "POST", "world", #"{"organizations": [{"id": 100, "name": "Acme", "validated": false}]}"#)
            #expect(try await command.run("account", "sync", "scm").status == 0)
            let reissued = try await command.run(
                "certificate", "reissue", "shop.example.com", "--reason", "another key", "--wait", "60")
            #expect(reissued.status == 0 && reissued.error.contains("\"Acme\" is not validated"), "\(reissued.error)")
            let renewed = try await command.run("certificate", "renew", "shop.example.com", "--wait", "60")
            #expect(renewed.status == 0 && renewed.error.contains("\"Acme\" is not validated"), "\(renewed.error)")

            try simulator.control(
                "POST", "world", #"{"organizations": [{"id": 100, "name": "Acme", "apiEnabled": false}]}"#)
            #expect(try await command.run("account", "sync", "scm").status == 0)
            let sent = try simulator.calls("POST /api/ssl")
            let orders = try await command.items("order", "list").count
            for refused in [
                try await command.run("certificate", "renew", "shop.example.com"),
                try await command.run("certificate", "reissue", "shop.example.com", "--reason", "another key"),
            ] {
                #expect(refused.status == 64 && refused.error.contains("switched off"), "\(refused.error)")
            }
            #expect(try simulator.calls("POST /api/ssl") == sent)
            #expect(try await command.items("order", "list").count == orders)
        }
    }

    @Test func `what a lesser role may not do to a certificate is refused before it is sent`() async throws {
        try await withUser("registrar") { command, simulator, _ in
            #expect(try await command.orderAtSCM("shop.example.com", "--wait", "60").status == 0)
            try simulator.control("POST", "world", Self.lesser)
            #expect(try await command.run("account", "verify", "scm").status == 0)
            let reissued = try await command.run(
                "certificate", "reissue", "shop.example.com", "--reason", "other name")
            #expect(reissued.status == 1 && reissued.error.contains("sslReplace"), "\(reissued.error)")
            let revoked = try await command.run(
                "certificate", "revoke", "shop.example.com", "--reason", "superseded", "--comments", "moved", "--yes")
            #expect(revoked.status == 1 && revoked.error.contains("sslRevoke"), "\(revoked.error)")
            #expect(try simulator.calls("POST /api/ssl") == 1)
            let renewed = try await command.run("certificate", "renew", "shop.example.com", "--wait", "60")
            #expect(renewed.status == 0, "\(renewed.error)")
        }
    }

    @Test func `a role that is not for server certificates can do nothing with them, and that is said`() async throws {
        try await withUser("mailer") { command, simulator, warnings in
            #expect(warnings.contains("RAO_SMIME"), "\(warnings)")
            for word in ["order", "renew", "reissue", "revoke"] { #expect(warnings.contains("cannot \(word)")) }
            let ordered = try await command.orderAtSCM("shop.example.com")
            #expect(ordered.status != 0 && ordered.error.contains("RAO_SMIME"), "\(ordered.error)")
            #expect(try simulator.calls("POST /api/ssl") == 0)
        }
    }

    @Test func `an API key whose role SCM does not tell says so`() async throws {
        try await withUser("registrar", .key) { command, simulator, _ in
            // Some hosts know the call in neither spelling.
            for path in ["managedBy", "managed-by"] {
                try simulator.fault(
                    #"{"kind": "error", "status": 404, "count": 99, "path": "/api/organization/v1/\#(path)"}"#)
            }
            let verified = try await command.run("account", "verify", "scm")
            #expect(verified.error.contains("does not tell the role"), "\(verified.error)")
            let ordered = try await command.orderAtSCM("shop.example.com", "--wait", "60")
            #expect(ordered.status == 0, "\(ordered.error)")
        }
    }

    @Test(arguments: ["Closed Works", "Acme Archive"])
    func `an organization whose API is switched off is named, and nothing is sent for it`(
        _ organization: String
    ) async throws {
        try await withUser("master") { command, simulator, warnings in
            #expect(warnings.contains("\"\(organization)\"") && warnings.contains("switched off"), "\(warnings)")
            let ordered = try await command.run(
                "order", "create", "--account", "scm", "--profile", "Quick OV", "--organization", organization,
                "--name", "shop.example.com", "--key", "ec-p256")
            #expect(ordered.status == 64 && ordered.error.contains("switched off"), "\(ordered.error)")
            #expect(try simulator.calls("POST /api/ssl") == 0)
        }
    }
}
