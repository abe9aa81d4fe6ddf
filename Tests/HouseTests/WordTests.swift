// SPDX-License-Identifier: Apache-2.0

import Testing

/// docs/Words.md against the code.
struct WordTests {
    @Test func `every name in the table of words is declared`() throws {
        let rows = try Document("docs/Words.md").text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
        #expect(rows.count > 20)
        let sources = try House.files(below: ["Sources", "Plugins"]).map { try House.text($0) }.joined()
        let declared = Set(
            sources.matches(of: /(?:struct|class|enum|protocol|func) (\w+)/).map { String($0.output.1) })
        for row in rows {
            let cells = row.split(separator: "|", omittingEmptySubsequences: false)
            let names = cells[3].matches(of: /`([^`]+)`/).map { String($0.output.1) }
            #expect(!names.isEmpty, "\(row)")
            for name in names { #expect(declared.contains(name), "\(name)") }
        }
    }

    @Test func `nothing is called enroll`() throws {
        for path in House.files(below: ["Sources"]) {
            let names = try House.text(path).matches(of: /(?:struct|class|enum|protocol|func|var|let|case) (\w+)/)
            #expect(!names.contains { $0.output.1.lowercased().contains("enroll") }, "\(path)")
        }
    }
}
