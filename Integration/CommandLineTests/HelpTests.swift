// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct HelpTests {
    /// The words below a group, as its help lists them.
    private func subcommands(_ help: String) -> [String] {
        let lines = help.components(separatedBy: "\nSUBCOMMANDS:\n").dropFirst().first?.split(separator: "\n") ?? []
        return lines.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    @Test func `the help of every command fits a screen and shows an example`() async throws {
        let command = try PublicCACommand()
        var paths: [[String]] = [[]]
        var seen = 0
        while let path = paths.popLast() {
            let ended = try await command.run(path + ["--help"])
            #expect(ended.status == 0)
            let lines = ended.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            // The list of all commands is as long as there are commands.
            #expect(lines.count <= (path.isEmpty ? 36 : 24), "\(path) has \(lines.count) lines")
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(path) is too wide")
            let example = lines.contains { $0.contains("publicca \(path.first ?? "")") && !$0.hasPrefix("USAGE") }
            #expect(example, "\(path) shows no example")
            seen += 1
            paths += subcommands(ended.text).map { path + [$0] }
        }
        #expect(seen > 35)
    }

    @Test func `completions are there for every shell`() async throws {
        let command = try PublicCACommand()
        for shell in ["bash", "zsh", "fish"] {
            let ended = try await command.run("--generate-completion-script", shell)
            #expect(ended.status == 0)
            #expect(ended.text.contains("reissue"), "\(shell)")
        }
    }

    @Test func `a word that is no command leads to the nearest one`() async throws {
        let command = try PublicCACommand()
        for (words, near) in [(["ordr"], "order"), (["certificate", "lst"], "list"), (["acount", "list"], "account")] {
            let ended = try await command.run(words)
            #expect(ended.status == 64)
            #expect(ended.error.contains("did you mean \(near)"), "\(ended.error)")
        }
    }

    @Test func `global options are taken before and after the command`() async throws {
        let command = try PublicCACommand(environment: ["PUBLICCA_HOME": ""])
        let home = command.file("elsewhere").path
        for arguments in [
            ["--home", home, "--json", "account", "list"], ["account", "--home", home, "list", "--json"],
            ["account", "list", "--home", home, "--json"],
        ] {
            let ended = try await command.run(arguments)
            #expect(ended.status == 0, "\(ended.error)")
            #expect(ended.text.hasPrefix("{"))
        }
        #expect(FileManager.default.fileExists(atPath: home + "/publicca.sqlite"))
    }
}
