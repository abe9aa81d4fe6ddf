// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Yams

@testable import Monitoring

/// What `docs/Monitoring.md` says, and what lies beside it, is what is exported.
struct MonitoringDocumentTests {
    private static let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs")

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.docs.appendingPathComponent(path), encoding: .utf8)
    }

    private struct Row: Hashable {
        var name: String
        var kind: String
        var labels: [String]
    }

    @Test func `the table names every metric with its kind and its labels, and no other`() throws {
        let lines = try text("Monitoring.md").split(separator: "\n").drop { !$0.hasPrefix("| metric |") }.dropFirst(2)
        let rows = lines.prefix { $0.hasPrefix("|") }.map { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
                cell.split(separator: "`").map(String.init).enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            }
            let kind = line.split(separator: "|", omittingEmptySubsequences: false)[2]
            return Row(name: cells[1].first ?? "", kind: kind.trimmingCharacters(in: .whitespaces), labels: cells[3])
        }
        #expect(rows == Metric.all.map { Row(name: $0.name, kind: $0.kind.rawValue, labels: $0.labels) })
    }

    /// Names of metrics in an expression, without what a histogram adds to its own.
    private func names(in expression: String) -> Set<String> {
        Set(
            expression.matches(of: /(?:publicca|process)_[a-z_]+/).map { match in
                let name = String(match.output)
                let parts = ["_bucket", "_sum", "_count"]
                guard let part = parts.first(where: { name.hasSuffix($0) }) else { return name }
                return String(name.dropLast(part.count))
            })
    }

    @Test func `every rule asks for what there is, and says what to do`() throws {
        let root = try #require(try Yams.load(yaml: text("monitoring/alerts.yml")) as? [String: Any])
        let groups = try #require(root["groups"] as? [[String: Any]])
        let rules = groups.flatMap { $0["rules"] as? [[String: Any]] ?? [] }
        #expect(rules.count >= 10)
        let known = Set(Metric.all.map(\.name))
        for rule in rules {
            let expression = try #require(rule["expr"] as? String)
            let annotations = try #require(rule["annotations"] as? [String: String])
            #expect(annotations["summary"]?.isEmpty == false && annotations["description"]?.isEmpty == false)
            #expect((rule["labels"] as? [String: String])?["severity"] != nil)
            #expect(names(in: expression).isSubset(of: known), "\(expression)")
            #expect(!names(in: expression).isEmpty || expression.contains("up{"), "\(expression)")
        }
    }

    @Test func `every panel of the dashboard asks for what there is`() throws {
        let data = Data(try text("monitoring/grafana-dashboard.json").utf8)
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let panels = try #require(root["panels"] as? [[String: Any]])
        #expect(panels.count > 10)
        let known = Set(Metric.all.map(\.name))
        for panel in panels {
            let targets = try #require(panel["targets"] as? [[String: Any]])
            for target in targets {
                let expression = try #require(target["expr"] as? String)
                let names = names(in: expression)
                #expect(!names.isEmpty && names.isSubset(of: known), "\(panel["title"] ?? "")")
            }
        }
    }

    @Test func `rules and panels give labels only values that there are`() throws {
        let both = try text("monitoring/alerts.yml") + text("monitoring/grafana-dashboard.json")
        let days = both.matches(of: /days=\\?"(\d+)/).map { Int($0.output.1) ?? -1 }
        #expect(days.count > 5 && Set(days).isSubset(of: Inventory.days))
        let outcomes = both.matches(of: /outcome=~"([a-zA-Z|]+)"/).flatMap { $0.output.1.split(separator: "|") }
        #expect(
            Set(outcomes.map(String.init)).isSubset(of: ["transient", "ambiguous", "account"]) && !outcomes.isEmpty)
    }
}
