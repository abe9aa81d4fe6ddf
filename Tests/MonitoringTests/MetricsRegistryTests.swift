// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Testing

@testable import Monitoring

struct MetricsRegistryTests {
    private let registry = MetricsRegistry([
        Metric("seconds", .histogram, "Some.", by: ["who"], buckets: [1, 2.5, 5])
    ])

    /// The lines of the page, without those that begin with a mark.
    private var lines: [String] {
        PrometheusText.write(registry.families()).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    @Test func `a counter adds up, whoever counts, and whole or not`() {
        Counter(label: "calls", dimensions: [("to", "a")], factory: registry).increment(by: 2)
        Counter(label: "calls", dimensions: [("to", "a")], factory: registry).increment()
        FloatingPointCounter(label: "calls", dimensions: [("to", "b")], factory: registry).increment(by: 0.5)
        #expect(lines == [#"calls{to="a"} 3"#, #"calls{to="b"} 0.5"#])
    }

    @Test func `a counter never goes back`() {
        let counter = FloatingPointCounter(label: "calls", factory: registry)
        for amount in [1, -5, .nan, .infinity] { counter.increment(by: amount) }
        #expect(lines == ["calls 1"])
    }

    @Test func `a gauge shows the last value`() {
        let meter = Meter(label: "level", factory: registry)
        meter.set(7)
        meter.increment(by: 0.5)
        meter.decrement(by: 3)
        Gauge(label: "temperature", factory: registry).record(-4)
        #expect(lines == ["level 4.5", "temperature -4"])
    }

    @Test func `each bucket of a histogram holds those below it, too`() {
        let recorder = Recorder(label: "seconds", dimensions: [("who", "me")], factory: registry)
        for value in [0.5, 1, 2, 5, 6] { recorder.record(value) }
        #expect(
            lines == [
                #"seconds_bucket{who="me",le="1"} 2"#, #"seconds_bucket{who="me",le="2.5"} 3"#,
                #"seconds_bucket{who="me",le="5"} 4"#, #"seconds_bucket{who="me",le="+Inf"} 5"#,
                #"seconds_sum{who="me"} 14.5"#, #"seconds_count{who="me"} 5"#,
            ])
    }

    @Test func `what is no number spoils no histogram, and what is endless lies beyond all bounds`() {
        let recorder = Recorder(label: "seconds", factory: registry)
        recorder.record(Double.nan)
        recorder.record(Double.infinity)
        #expect(lines.contains(#"seconds_bucket{le="5"} 0"#) && lines.contains(#"seconds_bucket{le="+Inf"} 1"#))
        #expect(lines.contains("seconds_sum +Inf") && lines.contains("seconds_count 1"))
    }

    @Test func `a timer is in seconds`() {
        Timer(label: "seconds", factory: registry).recordMilliseconds(1500)
        #expect(lines.contains(#"seconds_bucket{le="1"} 0"#) && lines.contains("seconds_sum 1.5"))
    }

    @Test func `labels come in one order, and each of them once`() {
        Counter(label: "calls", dimensions: [("b", "1"), ("a", "2"), ("b", "3")], factory: registry).increment()
        Counter(label: "calls", dimensions: [("a", "2"), ("b", "1")], factory: registry).increment()
        Recorder(label: "seconds", dimensions: [("le", "7")], factory: registry).record(1)
        #expect(lines.first == #"calls{a="2",b="1"} 2"#)
        #expect(lines.contains("seconds_count 1"))
    }

    @Test func `a name that means something else already is counted by nobody`() {
        Counter(label: "calls", factory: registry).increment()
        Meter(label: "calls", factory: registry).set(9)
        #expect(lines == ["calls 1"])
    }

    @Test func `words of others do not make the page longer and longer`() {
        for number in 0..<(MetricsRegistry.seriesLimit + 50) {
            Counter(label: "calls", dimensions: [("word", "w\(number)")], factory: registry).increment()
        }
        #expect(lines.count == MetricsRegistry.seriesLimit + 1)
        #expect(lines.contains(#"calls{word="other"} 50"#))
    }

    @Test func `what is known beforehand is on the page before anything was counted`() {
        #expect(PrometheusText.write(registry.families()) == "# HELP seconds Some.\n# TYPE seconds histogram\n")
    }

    @Test func `what is given back is on the page no longer`() {
        let counter = Counter(label: "calls", factory: registry)
        counter.increment()
        counter.destroy()
        #expect(lines.isEmpty)
    }

    @Test func `nothing is lost when many count at once, and every page adds up`() async {
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<32 {
                group.addTask {
                    for step in 0..<500 {
                        Counter(label: "calls", dimensions: [("to", "\(worker % 4)")], factory: registry).increment()
                        Recorder(label: "seconds", factory: registry).record(step % 8)
                    }
                }
            }
            for _ in 0..<50 {
                group.addTask {
                    for family in registry.families() where family.metric.kind == .histogram {
                        let inside = family.samples.first { $0.labels.last?.value == "+Inf" }
                        let count = family.samples.first { $0.suffix == "_count" }
                        #expect(inside?.value == count?.value)
                    }
                }
            }
        }
        #expect(lines.prefix(4) == (0..<4).map { #"calls{to="\#($0)"} 4000"# }[...])
        #expect(lines.contains("seconds_count 16000"))
    }
}
