// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// Answers that are none, at the command line: one line that says so, little memory, and no second purchase.
struct SCMSpoiledAnswerTests {
    /// What is in the answer's place.
    enum Spoiled: String, CaseIterable {
        case redirect, huge, gzipBomb, invalidUTF8, html, deep, empty

        func fault(_ path: String, elsewhere: String, count: Int = 99) -> String {
            #"{"kind": "\#(rawValue)", "path": "\#(path)", "location": "\#(elsewhere)", "count": \#(count), "acts": true}"#
        }
    }

    private func isOneLine(_ text: String) -> Bool {
        text.split(separator: "\n").count == 1 && text.count < 700
            && text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
    }

    /// A second server, which must hear nothing.
    private func withElsewhere(
        _ body: @escaping @Sendable (PublicCACommand, SCMSimulator, _ elsewhere: String) async throws -> Void
    ) async throws {
        try await SCMSimulator.serve(SimulatorSettings()) { elsewhere in
            try await withSCM { command, simulator in
                try await body(command, simulator, elsewhere.address + "/api/admin/v1/password")
            }
            #expect(try elsewhere.calls("") == 0)
        }
    }

    @Test(arguments: Spoiled.allCases)
    func `a login whose answer is none leaves nothing behind`(_ spoiled: Spoiled) async throws {
        try await SCMSimulator.serve(SimulatorSettings()) { elsewhere in
            try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
                let command = try PublicCACommand(environment: [
                    "PASSWORD": "master-password", "SECRET": "master-secret",
                ])
                let target = elsewhere.address + "/api"
                // A text that nobody reads may hold what it will: the names of organizations are read.
                // A page is how a host may answer a call that it does not know, where it knows others.
                let path = spoiled == .html || spoiled == .invalidUTF8 ? "/api" : "/api/admin"
                try simulator.fault(spoiled.fault(path, elsewhere: target))
                let arguments = try command.adding(.password, at: simulator)
                let (added, megabytes) = try await command.measured(arguments)
                #expect(added.status == 69, "\(added.error)")
                #expect(isOneLine(added.error), "\(added.error)")
                #expect(megabytes < 150, "\(megabytes) MB")
                try simulator.fault(spoiled.fault("/auth", elsewhere: target))
                let token = try await command.run(try command.adding(.key, at: simulator))
                #expect(token.status == 69 && isOneLine(token.error), "\(token.error)")
                #expect(try await command.items("account", "list").isEmpty)
            }
            #expect(try elsewhere.calls("") == 0)
        }
    }

    @Test(arguments: [Spoiled.redirect, .huge, .html, .deep])
    func `lists whose answers are none are told, and what was known stays`(_ spoiled: Spoiled) async throws {
        try await withElsewhere { command, simulator, elsewhere in
            for path in ["/api/organization", "/api/domain", "/api/ssl/v1/types"] {
                try simulator.fault(spoiled.fault(path, elsewhere: elsewhere, count: 1))
            }
            let (synced, megabytes) = try await command.measured(["account", "sync", "scm", "--wait", "0"])
            #expect(synced.status != 0, "\(synced.error)")
            #expect(megabytes < 150, "\(megabytes) MB")
            #expect(try await command.items("catalog", "organizations", "--account", "scm").count == 5)
            try simulator.control("DELETE", "faults")
            try simulator.fault(spoiled.fault("/api/ssl/v1", elsewhere: elsewhere))
            let imported = try await command.run("order", "import", "--account", "scm", "--wait", "0")
            #expect(imported.status != 0, "\(imported.error)")
        }
    }

    @Test(arguments: [Spoiled.redirect, .huge, .deep])
    func `an order whose answers are none is bought once, and found`(_ spoiled: Spoiled) async throws {
        try await withElsewhere { command, simulator, elsewhere in
            try simulator.fault(spoiled.fault("/api/ssl/v1/enroll", elsewhere: elsewhere, count: 1))
            let ordered = try await command.orderAtSCM("shop.example.com", "--wait", "60")
            #expect(ordered.status == 0, "\(ordered.error)")
            #expect(try simulator.enrolments().count == 1)
            #expect(try simulator.calls("POST /api/ssl/v1/enroll") == 1)
        }
    }
}
