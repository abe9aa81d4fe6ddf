// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// Documents that say what is.
    static let documents = [
        Rule("every link within the project leads somewhere") { house in
            let documents = try Document.all(of: house)
            guard documents.count > 5 else { return ["only \(documents.count) documents were found"] }
            return documents.flatMap { document in
                document.links.filter { !document.reaches($0, in: house) }.map { "\(document.path): \($0)" }
            }
        },
        Rule("every file that a document names is there") { house in
            try Document.all(of: house).filter { !$0.path.contains("Decisions/") }.flatMap { document in
                // A plugin's document speaks of its own folder.
                document.paths.filter { !house.exists($0) && !document.reaches($0, in: house) }
                    .map { "\(document.path): \($0)" }
            }
        },
        Rule("README's first screen is the program that is compiled and run") { house in
            guard let shown = try Document("README.md", in: house).blocks("swift").first else { return ["no program"] }
            let program = try house.text("Integration/Embedding/Sources/FirstOrder/main.swift")
            let isTold = program == "// SPDX-License-Identifier: Apache-2.0\n\n" + shown + "\n"
            return isTold && shown.split(separator: "\n").count <= 20 ? [] : [shown]
        },
        Rule("what the guide to embedding shows is compiled, line by line") { house in
            let sources = try house.files(below: ["Integration/Embedding"]).map(house.text)
            let blocks = try Document("docs/Embedding.md", in: house).blocks("swift")
            guard blocks.count > 5 else { return ["only \(blocks.count) blocks were found"] }
            return blocks.filter { block in !sources.contains { contains($0, block) } }
        },
        Rule("every promise names its test") { house in
            let promises = Document.promises(in: try house.text("docs/Guarantees.md"))
            guard promises.count > 20 else { return ["only \(promises.count) promises were found"] }
            let tests = try house.files().filter { $0.contains("Tests/") }.map(house.text)
            return promises.flatMap { promise in
                promise.proofs.isEmpty
                    ? [promise.line]
                    : promise.proofs.filter { proof in !tests.contains { $0.contains("func `\(proof)`") } }
            }
        },
    ]

    /// Whether the block's lines stand in the source one after the other, indented all alike.
    static func contains(_ source: String, _ block: String) -> Bool {
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
