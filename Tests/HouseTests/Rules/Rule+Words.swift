// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// docs/Words.md against the code.
    static let words = [
        Rule("every name in the table of words is declared") { house in
            let rows = try house.text("docs/Words.md").split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
            guard rows.count > 20 else { return ["only \(rows.count) words were found"] }
            let sources = try house.files(below: ["Sources", "Plugins"]).map(house.text).joined()
            let declared = Set(
                ["struct ", "enum ", "protocol ", "class ", "func "].flatMap { SourceText.lines(of: sources, with: $0) }
                    .compactMap { line in
                        line.firstMatch(of: /(?:struct|class|enum|protocol|func) (\w+)/).map { "\($0.output.1)" }
                    })
            return rows.flatMap { row -> [String] in
                let cells = row.split(separator: "|", omittingEmptySubsequences: false)
                let names = cells[3].matches(of: /`([^`]+)`/).map { String($0.output.1) }
                return names.isEmpty ? ["\(row)"] : names.filter { !declared.contains($0) }
            }
        },
        Rule("nothing is called enroll") { house in
            try house.files(below: ["Sources"]).flatMap { path in
                SourceText.lines(of: try house.text(path).lowercased(), with: "enroll")
                    .filter { !$0.contains("//") && !$0.contains("\"") }.map { "\(path): \($0)" }
            }
        },
    ]
}
