// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostSupport
import LifecycleEngine
import Testing

/// `docs/Configuration.md` against what is read.
struct ConfigurationDocumentTests {
    private let text: String

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
        text = try String(contentsOf: root.appendingPathComponent("docs/Configuration.md"), encoding: .utf8)
    }

    /// The keys in the first column of the table below a heading, by the heading.
    private var documented: [String: [String]] {
        var tables: [String: [String]] = [:]
        var place = ""
        for line in text.split(separator: "\n") {
            if let heading = line.firstMatch(of: /^#+ `([^`]+)`/) { place = String(heading.output.1) }
            if let row = line.firstMatch(of: /^\| `([^`]+)` \|/) {
                tables[place, default: []].append(String(row.output.1))
            }
        }
        return tables
    }

    @Test func `every key has its row, and every row its key`() {
        #expect(documented == ConfigurationKeys.members)
    }

    @Test func `every example is understood`() throws {
        let examples = text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(examples.count > 6)
        for example in examples { _ = try HostConfiguration(yaml: example, named: "Configuration.md") }
    }
}
