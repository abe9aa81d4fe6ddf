// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What each target may import, as docs/Map.md says.
struct Layer: Sendable, CustomTestStringConvertible {
    let target: String
    let imports: Set<String>

    var testDescription: String { target }

    /// Where the target's sources lie, from the root.
    var folder: String {
        switch target {
        case "benchmarks": "Integration/Benchmarks"
        case "SCMSimulator": "Integration/SCMSimulator/Sources"
        case "scm-simulator": "Integration/SCMSimulator/Command"
        case "TemplateProvider": "docs/Template/Sources"
        case let name where House.pluginFolders.contains { "\($0)Provider" == name }:
            "Plugins/\(name.dropLast("Provider".count))/Sources"
        default: "Sources/\(target)"
        }
    }

    /// The rows of the map's table of targets.
    static let all: [Layer] = {
        do {
            return try rows(of: Document("docs/Map.md").text)
        } catch {
            return []
        }
    }()

    static func rows(of map: String) -> [Layer] {
        let lines = map.split(separator: "\n").drop { !$0.hasPrefix("| target |") }.dropFirst(2)
        return lines.prefix { $0.hasPrefix("|") }.compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { names(in: $0) }
            guard cells.count == 5, let target = cells[1].first else { return nil }
            return Layer(target: target, imports: Set(cells[3]))
        }
    }

    /// What stands in code marks.
    private static func names(in cell: Substring) -> [String] {
        cell.matches(of: /`([^`]+)`/).map { String($0.output.1) }
    }
}
