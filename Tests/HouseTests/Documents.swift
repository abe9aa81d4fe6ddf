// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What people read, taken apart.
struct Document: CustomStringConvertible, Sendable {
    let path: String
    let text: String

    init(_ path: String) throws {
        self.path = path
        text = try House.text(path)
    }

    var description: String { path }

    /// README, the guides, and what stands beside the sources.
    static func all() throws -> [Document] {
        try House.files(below: ["docs", "Plugins", "Integration"], ending: ".md").map { try Document($0) }
            + ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map { try Document($0) }
    }

    /// The blocks of a language, without their fences.
    func blocks(_ language: String) -> [String] {
        var blocks: [String] = []
        var open: [Substring]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let lines = open, line == "```" {
                blocks.append(lines.joined(separator: "\n"))
                open = nil
            } else if open != nil {
                open?.append(line)
            } else if line == "```\(language)" {
                open = []
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

    /// Where a link leads, from the project's root.
    func target(of link: String) -> String {
        URL(fileURLWithPath: link, relativeTo: House.root.appendingPathComponent(path)).standardizedFileURL.path
    }
}
