// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What people read, taken apart.
struct Document: Sendable {
    let path: String
    let text: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    init(_ path: String, in house: House) throws {
        self.init(path: path, text: try house.text(path))
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

    /// Rows of tables whose last column is `proof`.
    var claims: [String] {
        text.components(separatedBy: "\n\n").map { $0.split(separator: "\n").map(String.init) }
            .filter { $0.first?.hasSuffix("| proof |") == true }.flatMap { $0.dropFirst(2) }
    }

    /// What is wrong with its claims: named tests that none of these sources has, and numbered claims that name none.
    func unproved(by sources: [String]) -> [String] {
        claims.flatMap { claim -> [String] in
            let proofs = (claim.split(separator: "|").dropFirst().last ?? "").matches(of: /`([^`]+)`/)
                .map { String($0.output.1) }.filter { !$0.hasPrefix("make ") }
            if proofs.isEmpty { return claim.firstMatch(of: /^\| \d+ \|/) != nil ? [claim] : [] }
            return proofs.filter { proof in !sources.contains { $0.contains("func `\(proof)`") } }
        }
    }

    /// Whether there is something where a link leads, seen from the document.
    func reaches(_ link: String, in house: House) -> Bool {
        let place = URL(fileURLWithPath: link, relativeTo: house.root.appendingPathComponent(path))
        return FileManager.default.fileExists(atPath: place.standardizedFileURL.path)
    }
}
