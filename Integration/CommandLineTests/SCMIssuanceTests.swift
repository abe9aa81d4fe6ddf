// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// SCM hands out what was not ordered.
struct SCMIssuanceTests {
    @Test(arguments: [
        ("wrongKey", "it is for another key"), ("missingName", "it lacks www.example.com"),
        ("expired", "it has expired already"),
    ])
    func `a certificate that is not what was ordered is kept, shown, and never handed out`(
        _ fault: String, _ reason: String
    ) async throws {
        try await withSCM { command, simulator in
            try simulator.fault(#"{"kind": "\#(fault)", "path": "/api/ssl/v1/collect", "count": 9}"#)
            let ordered = try await command.orderAtSCM(
                "shop.example.com", "--san", "www.example.com", "--keystore", "pkcs12", "--keystore-password",
                "env:PASSWORD", "--wait", "60")
            #expect(ordered.status == 1 && ordered.error.contains(reason), "\(ordered.error)")
            #expect(ordered.error.contains("publicca order resolve"))

            let order = try await command.json("order", "show", "shop.example.com")
            let id = try #require(order["id"] as? String)
            #expect(order["state"] as? String == "stuck" && order["certificate"] is NSNull)
            #expect((order["problem"] as? String)?.contains(reason) == true)
            let held = try #require(order["heldChain"] as? String)
            #expect(held.components(separatedBy: "BEGIN CERTIFICATE").count > 2)
            #expect(try await command.run("order", "show", id).text.contains("held chain"))

            #expect(try await command.items("certificate", "list").isEmpty)
            for format in ["pem", "pkcs12", "jks"] {
                let exported = try await command.run(
                    "certificate", "export", "shop.example.com", "--format", format, "--out", "never")
                #expect(exported.status == 66, "\(exported.error)")
            }
            #expect(!FileManager.default.fileExists(atPath: command.file("never").path))
            let status = try await command.json("status")
            let first = (status["attention"] as? [[String: Any]])?.first
            #expect(first?["subject"] as? String == id)
            #expect((first?["what"] as? String)?.contains(reason) == true)
            // Nobody buys another one for it.
            #expect(try await command.run("order", "check", id).status == 1)
            #expect(try simulator.enrolments().count == 1)
        }
    }

    @Test func `a chain in the opposite order is put right`() async throws {
        try await withSCM { command, simulator in
            try simulator.fault(#"{"kind": "mixedChain", "path": "/api/ssl/v1/collect", "count": 9}"#)
            let ordered = try await command.orderAtSCM("shop.example.com", "--wait", "60")
            #expect(ordered.status == 0, "\(ordered.error)")
            let exported = try await command.run("certificate", "export", "shop.example.com")
            try Data(exported.output).write(to: command.file("chain.pem"))
            let subject = try await Program.tool(
                "openssl", ["x509", "-noout", "-subject", "-in", command.file("chain.pem").path])
            #expect(subject.text.contains("shop.example.com"))
        }
    }

    /// What was meant for somebody else, and what is left of an answer.
    @Test(arguments: ["another", "root alone", "cut off", "page"])
    func `a chain that is not ours ends with a person, and what is no chain is asked for again`(
        _ what: String
    ) async throws {
        try await withSCM { command, simulator in
            #expect(try await command.orderAtSCM("other.example.com", "--wait", "60").status == 0)
            let other = try await command.run("certificate", "export", "other.example.com").text
            let last = try #require(other.range(of: "-----BEGIN", options: .backwards))
            let bodies = [
                "another": other, "root alone": String(other[last.lowerBound...]), "cut off": String(other.prefix(900)),
                "page": "<html><body>busy</body></html>",
            ]
            let fault: [String: Any] = [
                "kind": "answer", "path": "/api/ssl/v1/collect", "count": 99, "body": try #require(bodies[what]),
            ]
            try simulator.fault(String(decoding: try JSONSerialization.data(withJSONObject: fault), as: UTF8.self))
            let ordered = try await command.orderAtSCM("shop.example.com", "--san", "www.example.com")
            let isChain = ["another", "root alone"].contains(what)
            #expect(ordered.status == (isChain ? 1 : 3), "\(ordered.error)")
            #expect(try await command.items("certificate", "list").count == 1)
        }
    }
}
