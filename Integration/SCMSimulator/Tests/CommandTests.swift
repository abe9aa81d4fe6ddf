// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The simulator as a process.
struct CommandTests {
    @Test func `it says on one line where it is, and where the files are`() async throws {
        try await Program.withFolder { folder in
            let ended = try await Program.run(
                Program.simulator, ["--tls", "--seed", "5", "--think", "1ms", "--files", folder.path],
                untilFirstLine: true)
            let ready = try JSONDecoder().decode(Value.self, from: Data(ended.output.utf8))
            #expect(ready["address"]?.string?.wholeMatch(of: /https:\/\/127\.0\.0\.1:\d+/) != nil)
            #expect(ready["tokenAddress"]?.string?.hasSuffix("/openid-connect/token") == true)
            let files = [
                ready["root"], ready["clients"]?["master"]?["certificate"], ready["clients"]?["master"]?["key"],
            ]
            for file in files {
                let text = try String(contentsOfFile: try #require(file?.string), encoding: .utf8)
                #expect(text.hasPrefix("-----BEGIN "))
            }
        }
    }

    @Test func `settings come from a file, and options win`() async throws {
        try await Program.withFolder { folder in
            let file = folder.appendingPathComponent("settings.json")
            try Data(#"{"tls": true, "host": "localhost", "seed": 3}"#.utf8).write(to: file)
            let ended = try await Program.run(
                Program.simulator, ["--settings", file.path, "--host", "127.0.0.1"], untilFirstLine: true)
            #expect(ended.output.contains(#""address":"https://127.0.0.1:"#))
            try Data(#"{"sed": 3}"#.utf8).write(to: file)
            let refused = try await Program.run(Program.simulator, ["--settings", file.path])
            #expect(refused.status == 64)
            #expect(refused.output.contains("there is no setting 'sed'"))
        }
    }

    @Test func `help shows an example`() async throws {
        let ended = try await Program.run(Program.simulator, ["--help"])
        #expect(ended.status == 0)
        for part in ["EXAMPLE", "scm-simulator --tls --seed 1000", "--think", "/simulator/faults"] {
            #expect(ended.output.contains(part))
        }
    }
}
