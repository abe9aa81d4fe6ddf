// SPDX-License-Identifier: Apache-2.0

import Testing

/// docs/Words.md against the code.
struct WordTests {
    @Test func `every name in the table of words is declared`() throws {
        let rows = try Document("docs/Words.md").text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
        #expect(rows.count > 20)
        let sources = try House.files(below: ["Sources", "Plugins"]).map { try House.text($0) }.joined()
        let declared = Set(
            ["struct ", "enum ", "protocol ", "class ", "func "].flatMap { House.lines(of: sources, with: $0) }
                .compactMap { $0.firstMatch(of: /(?:struct|class|enum|protocol|func) (\w+)/).map { "\($0.output.1)" } })
        for row in rows {
            let cells = row.split(separator: "|", omittingEmptySubsequences: false)
            let names = cells[3].matches(of: /`([^`]+)`/).map { String($0.output.1) }
            #expect(!names.isEmpty, "\(row)")
            for name in names { #expect(declared.contains(name), "\(name)") }
        }
    }

    @Test func `nothing is called enroll`() throws {
        for path in House.files(below: ["Sources"]) {
            let lines = House.lines(of: try House.text(path).lowercased(), with: "enroll")
            #expect(lines.allSatisfy { $0.contains("//") || $0.contains("\"") }, "\(path)")
        }
    }
}
