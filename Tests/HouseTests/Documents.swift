// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What people read, taken apart.
struct Document: Sendable {
    let path: String
    let text: String

    init(_ path: String, in house: House) throws {
        self.path = path
        text = try house.text(path)
    }

    /// README, the guides, and what stands beside the sources.
    static func all(of house: House) throws -> [Document] {
        try
            (house.files(below: ["docs", "Plugins", "Integration"], ending: ".md")
            + ["README.md", "CONTRIBUTING.md", "SECURITY.md"]).map { try Document($0, in: house) }
    }

    /// The blocks of a language, without their fences; those without any by the empty word.
    func blocks(_ language: String) -> [String] {
        var blocks: [String] = []
        var open: (language: Substring, lines: [Substring])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let block = open, line == "```" {
                if block.language == language { blocks.append(block.lines.joined(separator: "\n")) }
                open = nil
            } else if open != nil {
                open?.lines.append(line)
            } else if line.hasPrefix("```") {
                open = (line.dropFirst(3), [])
            }
        }
        return blocks
    }

    /// The places that its links lead to, without those of the web and within the page.
    var links: [String] {
        text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
            .filter { !$0.contains("://") && !$0.hasPrefix("#") && !$0.hasPrefix("mailto:") }
            .map { String($0.prefix { $0 != "#" }) }
    }

    /// Paths in code marks that begin at the project's root, such as `Sources/PublicCA`.
    var paths: [String] {
        text.matches(of: /`((?:Sources|Plugins|Tests|Integration|docs)\/[^`\s]+)`/).map { String($0.output.1) }
            .filter { path in !["*", "NAME", "Acme", "…", "{", "NNNN"].contains { path.contains($0) } }
    }

    /// The numbered rows of a page of promises, each with the tests that its last cell names.
    static func promises(in text: String) -> [(line: String, proofs: [String])] {
        text.split(separator: "\n").filter { $0.firstMatch(of: /^\| \d+ \|/) != nil }.map { line in
            let cell = line.split(separator: "|").last ?? ""
            let proofs = cell.matches(of: /`([^`]+)`/).map { String($0.output.1) }
            return (String(line), proofs.filter { !$0.hasPrefix("make ") })
        }
    }

    /// Whether there is something where a link leads, seen from the document.
    func reaches(_ link: String, in house: House) -> Bool {
        let place = URL(fileURLWithPath: link, relativeTo: house.root.appendingPathComponent(path))
        return FileManager.default.fileExists(atPath: place.standardizedFileURL.path)
    }
}
