// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Foundation
import Monitoring
import Testing

/// Whether Prometheus' own parser reads what is written here.
struct PrometheusTests {
    /// Prints what the parser understood, as JSON: each family's type, help and samples.
    private static let script = """
        import json, sys
        from prometheus_client.parser import text_string_to_metric_families
        families = {}
        for family in text_string_to_metric_families(open(sys.argv[1], encoding="utf-8").read()):
            assert family.name not in families, family.name
            families[family.name] = {
                "type": family.type, "help": family.documentation,
                "samples": [[s.name, s.labels, str(s.value)] for s in family.samples]}
        json.dump(families, sys.stdout)
        """

    private struct Understood: Decodable {
        var type: String
        var help: String
        var samples: [Sample]

        struct Sample: Decodable {
            var name: String
            var labels: [String: String]
            var value: String

            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                name = try list.decode(String.self)
                labels = try list.decode([String: String].self)
                value = try list.decode(String.self)
            }
        }
    }

    /// What the parser makes of a text. Where it is missing the test is cancelled, and in CI it fails.
    private func understood(_ text: String) async throws -> [String: Understood] {
        let python = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/python/bin/python").path
        let environment = ProcessInfo.processInfo.environment
        let isThere =
            FileManager.default.isExecutableFile(atPath: python)
            ? try await Program.run(python, ["-c", "import prometheus_client"], environment: environment).status == 0
            : false
        guard isThere else {
            let missing = "there is no prometheus-client: make peer"
            if environment["CI"] != nil { Issue.record("\(missing)") }
            try Test.cancel("\(missing)")
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString).txt")
        try Data(text.utf8).write(to: file)
        // What cannot be removed is in nobody's way: its name is its own.
        defer { try? FileManager.default.removeItem(at: file) }
        let ended = try await Program.run(python, ["-c", Self.script, file.path], environment: environment)
        try #require(ended.status == 0, "\(ended.error)")
        return try JSONDecoder().decode([String: Understood].self, from: ended.output)
    }

    @Test func `the parser finds every metric that is documented, with its type, its help and its values`() async throws
    {
        // Whatever may stand in a value stands in one.
        let odd = "a \"b\" \\ c\nd, {e=\"f\"} ü \u{1b}"
        let values = [0.25, 1, .infinity]
        let families = Metric.all.map { metric in
            let labels = metric.labels.map { Label($0, odd) }
            guard metric.kind == .histogram else { return MetricFamily(metric, [Sample(labels, 1.5e-7)]) }
            return MetricFamily(
                metric,
                values.map { Sample(labels + [Label("le", $0.isInfinite ? "+Inf" : "\($0)")], 4, suffix: "_bucket") }
                    + [Sample(labels, 2.5, suffix: "_sum"), Sample(labels, 4, suffix: "_count")])
        }
        let understood = try await understood(PrometheusText.write(families))
        for metric in Metric.all {
            // The parser knows counters by their name without what says that they are some.
            let name = metric.kind == .counter ? String(metric.name.dropLast("_total".count)) : metric.name
            let found = try #require(understood[name], "\(name)")
            #expect(found.type == metric.kind.rawValue && found.help == metric.help)
            #expect(found.samples.count == (metric.kind == .histogram ? 5 : 1))
            for sample in found.samples {
                #expect(metric.labels.allSatisfy { sample.labels[$0] == odd }, "\(sample.labels)")
                #expect(sample.name.hasPrefix(metric.name))
            }
            if metric.kind != .histogram { #expect(found.samples.first?.value == "1.5e-07") }
        }
        #expect(understood.count == Metric.all.count)
    }

    @Test func `the parser adds up what was counted, and reads what is no number`() async throws {
        let registry = MetricsRegistry([Metric("some_seconds", .histogram, "Some.", buckets: [0.5, 1])])
        for value in [0.1, 0.7, 3] { Recorder(label: "some_seconds", factory: registry).record(value) }
        for (name, value) in [("nan", Double.nan), ("high", .infinity), ("low", -.infinity)] {
            Meter(label: name, factory: registry).set(value)
        }
        let understood = try await understood(PrometheusText.write(registry.families()))
        let samples = try #require(understood["some_seconds"]?.samples)
        #expect(samples.map(\.value) == ["1", "2", "3", "3.8", "3"])
        #expect(samples.compactMap { $0.labels["le"] } == ["0.5", "1", "+Inf"])
        #expect(["nan", "high", "low"].map { understood[$0]?.samples.first?.value } == ["nan", "inf", "-inf"])
    }
}
