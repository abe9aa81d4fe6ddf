// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Monitoring

struct PrometheusTextTests {
    private func text(_ samples: [Sample], help: String = "Some.", name: String = "some") -> String {
        PrometheusText.write([MetricFamily(Metric(name, .gauge, help), samples)])
    }

    @Test func `a family has its help, its type and a line for each sample`() {
        let written = text([Sample([Label("a", "x"), Label("b", "y")], 2), Sample([], 1.5)])
        #expect(written == "# HELP some Some.\n# TYPE some gauge\nsome{a=\"x\",b=\"y\"} 2\nsome 1.5\n")
    }

    @Test func `families come in the order of their names, whatever order they were counted in`() {
        let names = ["b", "a", "c"]
        let written = PrometheusText.write(names.map { MetricFamily(Metric($0, .counter, $0), 1) })
        let order = written.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { String($0.prefix(1)) }
        #expect(order == ["a", "b", "c"])
    }

    @Test func `a label's value cannot end its line or its quotes`() {
        let written = text([Sample([Label("a", "x\"} 1\nfake 2\\")], 1)])
        #expect(written.split(separator: "\n").last == #"some{a="x\"} 1\nfake 2\\"} 1"#)
    }

    @Test func `help keeps its quotes, and cannot end its line`() {
        #expect(text([], help: "a \"b\"\n# TYPE c\\").hasPrefix(#"# HELP some a "b"\n# TYPE c\\"# + "\n"))
    }

    @Test(arguments: [
        ("publicca_steps_total", "publicca_steps_total"), ("a.b-c/d", "a_b_c_d"), ("9lives", "_9lives"),
        ("ünï", "_n_"), ("", "_"), ("a:b", "a:b"),
    ])
    func `a name is made of what a name may be made of`(_ given: String, _ name: String) {
        #expect(PrometheusText.metricName(given) == name)
    }

    @Test func `a colon has no place in a label's name`() {
        #expect(PrometheusText.labelName("a:b") == "a_b")
    }

    @Test(arguments: [
        (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (0, "0"), (-0.5, "-0.5"), (1e300, "1e+300"),
        (1_764_000_000, "1764000000"), (0.005, "0.005"), (9_007_199_254_740_992, "9007199254740992.0"),
    ])
    func `a number is written as Prometheus reads it`(_ number: Double, _ text: String) {
        #expect(PrometheusText.number(number) == text)
    }

    @Test func `no two metrics of ours share a name, and each says what it is in one sentence`() {
        #expect(Set(Metric.all.map(\.name)).count == Metric.all.count)
        for metric in Metric.all {
            #expect(PrometheusText.metricName(metric.name) == metric.name)
            #expect(metric.labels.allSatisfy { PrometheusText.labelName($0) == $0 })
            #expect(metric.help.hasSuffix(".") && !metric.help.contains("\n"))
            #expect(metric.name.hasSuffix("_total") == (metric.kind == .counter), "\(metric.name)")
        }
    }
}
