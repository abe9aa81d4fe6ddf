// SPDX-License-Identifier: Apache-2.0

import Testing

/// What has no place in the sources.
struct ForbiddenTests {
    /// Written in two parts, or this file would be found.
    private static let words = [
        "try" + "!", "as" + "!", "fatal" + "Error(", "@unchecked " + "Sendable", "nonisolated" + "(unsafe)",
        "TO" + "DO",
        "FIX" + "ME", "XX" + "X", "// place" + "holder",
    ]

    @Test func `nothing is left undone, and nothing traps on data`() throws {
        for path in House.files() + ["Package.swift", "Makefile"] {
            let found = Self.found(in: try House.text(path))
            #expect(found.isEmpty, "\(path): \(found)")
        }
    }

    @Test func `no value is unwrapped by force`() throws {
        for path in House.files() {
            for line in House.lines(of: try House.text(path), with: "!") where Self.forces(line) {
                Issue.record("\(path): \(line)")
            }
        }
    }

    @Test func `no library imports all of Foundation`() throws {
        let libraries = House.files(below: ["Sources", "Plugins", "docs"]).filter { !$0.contains("/Tests/") }
        for path in libraries {
            #expect(!(try House.imports(of: path).contains("Foundation")), "\(path)")
        }
    }

    @Test func `no test waits for time to pass`() throws {
        let waiting = ["Task." + "sleep", "Thread." + "sleep", "u" + "sleep("]
        for path in House.files(below: ["Tests", "Plugins"]) where path.contains("Tests/") {
            let text = try House.text(path)
            #expect(waiting.allSatisfy { House.lines(of: text, with: $0).isEmpty }, "\(path)")
        }
    }

    @Test(arguments: words)
    func `each word is found`(_ word: String) {
        #expect(Self.found(in: "let a = 1\n  \(word) b\n") == [word])
    }

    @Test(
        arguments: zip(
            ["a!.b", "f(x)!", "a[0]!", "a != b", "!a", "\"Stop!\"", "// now!", "#if !DEBUG"],
            [true, true, true, false, false, false, false, false]))
    func `force is told from denial`(_ line: String, _ isForced: Bool) {
        #expect(Self.forces(line) == isForced)
    }

    private static func found(in text: String) -> [String] { words.filter { !House.lines(of: text, with: $0).isEmpty } }

    /// An exclamation mark after a value, outside of strings and comments.
    private static func forces(_ line: String) -> Bool {
        let code = line.replacing(Self.quoted, with: "")
        let bare = code.firstRange(of: "//").map { code[..<$0.lowerBound] } ?? code[...]
        return bare.contains(Self.forced)
    }

    private static var quoted: Regex<Substring> { /"(?:[^"\\]|\\.)*"/ }
    // Not the mark itself, or this line would be found.
    private static var forced: Regex<Substring> { /[\w\)\]]\x21(?!=)/ }
}
