// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// What has no place in the sources.
    static let forbidden = [
        Rule("nothing is left undone, and nothing traps on data") { house in
            try (house.files() + ["Package.swift", "Makefile"]).flatMap { path in
                words(in: try house.text(path)).map { "\(path): \($0)" }
            }
        },
        Rule("no value is unwrapped by force") { house in
            try house.files().flatMap { path in
                SourceText.lines(of: try house.text(path), with: "!").filter(forces).map { "\(path): \($0)" }
            }
        },
        Rule("no library imports all of Foundation") { house in
            try house.files(below: ["Sources", "Plugins", "docs"]).filter { path in
                try !path.contains("/Tests/") && house.imports(of: path).contains("Foundation")
            }
        },
        // Foundation's keeps files open, and with many at once it has crashed while it started one.
        Rule("programs are run by the target Programs") { house in
            try house.files().flatMap { path in foundationProcesses(in: try house.text(path)).map { "\(path): \($0)" } }
        },
        Rule("an error that is dropped has its reason on the line before") { house in
            try house.files(below: ["Sources", "Plugins", "docs/Template"]).filter { !$0.contains("/Tests/") }
                .filter { !tolerant.contains($0) }
                .flatMap { path in unexplained(in: try house.text(path)).map { "\(path): \($0)" } }
        },
    ]

    /// Written in two parts, or this file would be found.
    static let forbiddenWords = [
        "try" + "!", "as" + "!", "fatal" + "Error(", "@unchecked " + "Sendable", "nonisolated" + "(unsafe)",
        "TO" + "DO", "FIX" + "ME", "XX" + "X", "// place" + "holder",
    ]

    /// Of what kind a JSON value is, is found by trying one after the other.
    private static let tolerant = ["Sources/LifecycleModel/Ports/JSONValue.swift"]

    static func words(in text: String) -> [String] {
        forbiddenWords.filter { !SourceText.lines(of: text, with: $0).isEmpty }
    }

    /// An exclamation mark after a value, outside of strings and comments.
    static func forces(_ line: String) -> Bool {
        // Not the mark itself, or this line would be found.
        SourceText.code(of: line).contains(/[\w\)\]]\x21(?!=)/)
    }

    /// The lines that start a program by Foundation.
    static func foundationProcesses(in text: String) -> [String] {
        SourceText.lines(of: text, with: "Process").filter { line in
            SourceText.code(of: line).contains(/\bProcess(?:\(|\.run\b|\.launchedProcess\b)/.wordBoundaryKind(.simple))
        }
    }

    /// The lines with a `try` that turns an error into `nil`, and no comment before.
    static func unexplained(in text: String) -> [String] {
        guard text.utf8.count > 0, !SourceText.lines(of: text, with: "try?").isEmpty else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.filter { index in
            SourceText.code(of: lines[index]).contains(/\btry\?/)
                && (index == 0 || !lines[index - 1].contains(/^ *\/\//))
        }.map { lines[$0] }
    }
}
