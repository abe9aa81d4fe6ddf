// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// README says what there is.
struct DocumentTests {
    private func text(_ path: String) throws -> String {
        let file = Program.root.appendingPathComponent("Integration/SCMSimulator/\(path)")
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test func `every knob and every fault is in the tables`() throws {
        let readme = try text("README.md")
        let knobs = try text("Sources/World/Quirks.swift").matches(of: /\n    var (\w+) =/).map { String($0.output.1) }
        let faults = try text("Sources/Faults/Fault.swift").matches(of: /\n        case (\w+)\n/).map {
            String($0.output.1)
        }
        #expect(knobs.count > 30)
        #expect(faults.count > 20)
        for name in knobs + faults { #expect(readme.contains("`\(name)`"), "\(name)") }
    }

    @Test func `every call has its word in the row of its service`() throws {
        let rows = try text("README.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
        let folder = Program.root.appendingPathComponent("Integration/SCMSimulator/Sources/Endpoints")
        let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let calls = try sources.map { try text("Sources/Endpoints/\($0)") }.joined()
            .matches(of: /Endpoint\("\w+", "([\w-]+)", "([^"]*)"/)
        #expect(calls.count > 40)
        for call in calls {
            let own = rows.filter { $0.split(separator: "|")[0].contains("`\(call.output.1)`") }.joined()
            let words = call.output.2.split { !$0.isLetter && $0 != "-" }.filter {
                !["id", "text", "domain"].contains($0)
            }
            for word in words.isEmpty && call.output.2.isEmpty ? ["list"] : words {
                #expect(own.contains(word), "\(call.output.1): \(call.output.2)")
            }
        }
    }

    @Test func `the settings shown are read`() throws {
        let blocks = try text("README.md").matches(of: /\n```\n(\{\n(?s).*?)\n```/).map { String($0.output.1) }
        #expect(blocks.count == 1)
        for block in blocks {
            let settings = try SimulatorSettings(json: block)
            #expect(settings.seed == 1000)
            #expect(settings.think == 20)
        }
    }

    @Test func `the logins shown are let in`() async throws {
        let rows = try text("README.md").matches(of: /\n\| `(\w+)`, `(\w+-password)` \|/).map {
            (String($0.output.1), String($0.output.2))
        }
        #expect(rows.count == 5)
        try await withSimulator { caller in
            var caller = caller
            for (login, password) in rows {
                caller.headers = Caller.headers(login: login, password: password)
                let reply = try await caller.get("/api/admin/v1/password")
                #expect((reply.status == 200) == !["outdated", "person"].contains(login))
            }
        }
    }
}
