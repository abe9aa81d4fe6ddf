// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct ImportTests {
    private static let counted = ["listed", "new", "changed", "unchanged", "vanished", "deletedHere"]

    @Test func `a dry run counts as the import does, also what was ordered here`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("way.example.org", profile: "Mock Endless").status == 3)
        #expect(try await command.order("done.example.org").status == 0)
        for _ in 1...2 {
            let dry = try await command.json("order", "import", "--account", "demo", "--dry-run")
            let real = try await command.json("order", "import", "--account", "demo")
            for key in Self.counted { #expect(dry[key] as? Int == real[key] as? Int, "\(key): \(dry) \(real)") }
            #expect((dry["unchanged"] as? Int ?? 0) > 0)
        }
    }

    @Test(arguments: [[], ["--dry-run"]])
    func `what cannot be asked for is refused`(_ more: [String]) async throws {
        let command = try await PublicCACommand.withAccount()
        let importing = ["order", "import", "--account", "demo"] + more
        let cases: [([String], String)] = [
            (["--state", "nonsense"], "does not list by state"), (["--reference", ""], "--reference is empty"),
            (["--reference", "1", "--state", "issued"], "--state"),
        ]
        for (arguments, says) in cases {
            let ended = try await command.run(importing + arguments)
            #expect(ended.status == 64, "\(arguments): \(ended.error)")
            #expect(ended.error.contains(says), "\(ended.error)")
            #expect(ended.output.isEmpty)
        }
        let missing = try await command.run(importing + ["--reference", "NOPE", "--json"])
        #expect(missing.status == 66, "\(missing.error)")
        let report = try JSONSerialization.jsonObject(with: missing.output) as? [String: Any]
        #expect((report?["quarantined"] as? [Any])?.count == 1 && report?["new"] as? Int == 0)
        #expect(missing.error.contains("NOPE"))
    }
}
