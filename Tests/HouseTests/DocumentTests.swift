// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Documents that say what is.
struct DocumentTests {
    @Test func `every link within the project leads somewhere`() throws {
        let documents = try Document.all()
        #expect(documents.count > 5)
        for document in documents {
            for link in document.links {
                #expect(FileManager.default.fileExists(atPath: document.target(of: link)), "\(document): \(link)")
            }
        }
    }

    @Test func `every file that a document names is there`() throws {
        for document in try Document.all() where !document.path.contains("Decisions/") {
            for path in document.paths {
                // A plugin's document speaks of its own folder.
                let candidates = [House.root.appendingPathComponent(path).path, document.target(of: path)]
                #expect(candidates.contains { FileManager.default.fileExists(atPath: $0) }, "\(document): \(path)")
            }
        }
    }

    @Test func `README's first screen is the program that is compiled and run`() throws {
        let shown = try #require(try Document("README.md").blocks("swift").first)
        let program = try House.text("Integration/Embedding/Sources/FirstOrder/main.swift")
        #expect(program == "// SPDX-License-Identifier: Apache-2.0\n\n" + shown + "\n")
        #expect(shown.split(separator: "\n").count <= 20)
    }

    @Test func `what the guide to embedding shows is compiled, line by line`() throws {
        let sources = try House.files(below: ["Integration/Embedding"]).map { try House.text($0) }
        let blocks = try Document("docs/Embedding.md").blocks("swift")
        #expect(blocks.count > 5)
        for block in blocks {
            #expect(sources.contains { Self.contains($0, block) }, "\(block)")
        }
    }

    @Test func `a block is found at any depth, and missed when one word differs`() {
        let source = "a {\n    let b = 1\n    if b {\n        c()\n    }\n}"
        #expect(Self.contains(source, "let b = 1\nif b {\n    c()"))
        #expect(!Self.contains(source, "let b = 2\nif b {\n    c()"))
        #expect(!Self.contains(source, "let b = 1\nif b {\nc()"))
    }

    /// Whether the block's lines stand in the source one after the other, indented all alike.
    private static func contains(_ source: String, _ block: String) -> Bool {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let wanted = block.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = wanted.first, lines.count >= wanted.count else { return false }
        return (0...(lines.count - wanted.count)).contains { start in
            guard lines[start].hasSuffix(first) else { return false }
            let indent = String(lines[start].dropLast(first.count))
            guard indent.allSatisfy({ $0 == " " }) else { return false }
            return zip(lines[start...], wanted).allSatisfy { $0 == ($1.isEmpty ? "" : indent + $1) }
        }
    }
}
