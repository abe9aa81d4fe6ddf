// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a target may import, as docs/Map.md says.
struct Layer: Sendable {
    /// The row that speaks of every plugin at once, and the name for all of them among imports.
    static let everyPlugin = "Plugins/*"

    let target: String
    let imports: Set<String>

    /// The map's rows for this tree: that of every plugin is there once for each folder, with what the plugin's own row
    /// adds to it, if it has one.
    static func all(of house: House) throws -> [Layer] {
        let rows = rows(of: try house.text("docs/Map.md"))
        let plugins = house.pluginFolders.map { "\($0)Provider" }
        let usual = rows.first { $0.target == everyPlugin }?.imports ?? []
        let others = rows.filter { $0.target != everyPlugin && !plugins.contains($0.target) }
        return others.map { row in
            let named = row.imports.contains(everyPlugin) ? row.imports.union(plugins) : row.imports
            return Layer(target: row.target, imports: named.subtracting([everyPlugin]))
        }
            + plugins.map { plugin in
                let own = rows.first { $0.target == plugin }?.imports ?? []
                return Layer(target: plugin, imports: usual.union(own))
            }
    }

    /// Where the target's sources lie, from the root.
    func folder(in house: House) -> String {
        switch target {
        case "benchmarks": "Integration/Benchmarks"
        case "Proof": "Integration/Proof/Sources"
        case "prove": "Integration/Proof/Command"
        case "FuzzTargets": "Integration/Fuzzing/Sources"
        case "fuzz": "Integration/Fuzzing/Command"
        case "SCMSimulator": "Integration/SCMSimulator/Sources"
        case "scm-simulator": "Integration/SCMSimulator/Command"
        case "TemplateProvider": "docs/Template/Sources"
        case let name where house.pluginFolders.contains { "\($0)Provider" == name }:
            "Plugins/\(name.dropLast("Provider".count))/Sources"
        default: "Sources/\(target)"
        }
    }

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
