// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// What others do at SCM to orders that were placed here, and what an import makes of it.
struct SCMElsewhereTests {
    private func imported(_ command: PublicCACommand) async throws -> [String: Any] {
        let ended = try await command.run(["order", "import", "--account", "scm", "--wait", "120", "--json"])
        #expect(ended.status == 0, "\(ended.error)")
        return try #require(try JSONSerialization.jsonObject(with: ended.output) as? [String: Any])
    }

    @Test func `what was ordered here is unchanged in the first import`() async throws {
        try await withSCM { command, _ in
            #expect(try await command.orderAtSCM("own.example.com", "--wait").status == 0)
            for _ in 0..<2 {
                let report = try await imported(command)
                #expect(report["unchanged"] as? Int == 1 && report["listed"] as? Int == 1, "\(report)")
            }
        }
    }

    @Test func `a revocation in the portal is there after the import`() async throws {
        try await withSCM { command, simulator in
            #expect(try await command.orderAtSCM("own.example.com", "--wait").status == 0)
            _ = try await imported(command)
            let id = try #require(try simulator.enrolments().first?["sslId"] as? Int)
            try simulator.control("POST", "revoke", #"{"id": \#(id)}"#)
            let report = try await imported(command)
            #expect(report["changed"] as? Int == 1, "\(report)")
            let states = try await command.items("certificate", "list").map { $0["state"] as? String }
            #expect(states == ["revoked"])
        }
    }

    @Test func `a certificate that another installation reissued comes into the inventory`() async throws {
        try await withSCM { command, simulator in
            #expect(try await command.orderAtSCM("own.example.com", "--wait").status == 0)
            let other = try PublicCACommand(environment: ["PASSWORD": "master-password"])
            #expect(try await other.run(try other.adding(.password, at: simulator)).status == 0)
            _ = try await imported(other)
            let reissued = try await other.run([
                "certificate", "reissue", "own.example.com", "--reason", "another key", "--key", "ec-p256", "--wait",
            ])
            #expect(reissued.status == 0, "\(reissued.error)")
            let report = try await imported(command)
            #expect(report["changed"] as? Int == 1, "\(report)")
            let certificates = try await command.items("certificate", "list")
            let former = try #require(certificates.first { $0["state"] as? String == "replaced" })
            let current = try #require(certificates.first { $0["state"] as? String == "valid" })
            #expect(certificates.count == 2 && former["successor"] as? String == current["id"] as? String)
            #expect(current["hasPrivateKey"] as? Bool == false && former["hasPrivateKey"] as? Bool == true)
            let theirs = try await other.items("certificate", "list", "--state", "valid")
            #expect(theirs.map { $0["serialNumber"] as? String } == [current["serialNumber"] as? String])
            // The name leads to the one in force, which is what a renewal renews.
            let shown = try await command.run(["certificate", "show", "own.example.com", "--json"])
            #expect(shown.text.contains("\(try #require(current["id"] as? String))"), "\(shown.error)")
        }
    }
}
