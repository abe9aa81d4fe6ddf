// SPDX-License-Identifier: Apache-2.0

package import CoreMetrics
import Synchronization

/// What is counted in this process, in the words of swift-metrics, kept to be written in Prometheus' text format.
///
/// It is handed to whoever counts, and not made the system's: an embedder may have a factory of its own.
package final class MetricsRegistry: MetricsFactory {
    private struct Family {
        var metric: Metric
        var series: [[Label]: any Series] = [:]
    }

    /// More sets of labels than this are no use to anybody, and would grow without end where a label takes whatever
    /// others write: those that come later share one set, with `other` for every value.
    static let seriesLimit = 200

    private let described: [String: Metric]
    private let kept: Mutex<[String: Family]>

    /// - Parameter metrics: those that are known beforehand, with their help and buckets. They are written even before
    ///   anything was counted.
    package init(_ metrics: [Metric] = Metric.counted) {
        described = Dictionary(metrics.map { ($0.name, $0) }) { first, _ in first }
        kept = Mutex(described.mapValues { Family(metric: $0) })
    }

    /// Everything that is kept, each family's series in the order of their labels.
    package func families() -> [MetricFamily] {
        kept.withLock { families in
            families.values.map { family in
                let series = family.series.sorted { left, right in
                    left.key.lexicographicallyPrecedes(right.key) { ($0.name, $0.value) < ($1.name, $1.value) }
                }
                return MetricFamily(family.metric, series.flatMap { $0.value.samples($0.key) })
            }
        }
    }

    /// The series under these labels, made when it is asked for first. One whose name was taken by a metric of another
    /// kind is kept by nobody: whoever counts goes on, and the page stays one that can be read.
    private func series<Kept: Series>(
        _ label: String, _ dimensions: [(String, String)], _ kind: Metric.Kind
    ) -> Kept {
        let name = PrometheusText.metricName(label)
        let labels = Self.labels(dimensions, of: kind)
        return kept.withLock { families in
            var family = families[name] ?? Family(metric: described[name] ?? Metric(name, kind, label))
            guard family.metric.kind == kind else { return Kept(family.metric) }
            let isFull = family.series[labels] == nil && family.series.count >= Self.seriesLimit
            let key = isFull ? labels.map { Label($0.name, "other") } : labels
            if let kept = family.series[key] as? Kept { return kept }
            let made = Kept(family.metric)
            family.series[key] = made
            families[name] = family
            return made
        }
    }

    /// Sorted, and each name once: a page that says one twice is refused as a whole.
    private static func labels(_ dimensions: [(String, String)], of kind: Metric.Kind) -> [Label] {
        var labels: [Label] = []
        for (name, value) in dimensions {
            let label = Label(PrometheusText.labelName(name), value)
            let isTaken = kind == .histogram && label.name == "le" || labels.contains { $0.name == label.name }
            if !isTaken { labels.append(label) }
        }
        return labels.sorted { $0.name < $1.name }
    }

    private func forget(_ handler: AnyObject) {
        kept.withLock { families in
            families = families.mapValues { family in
                Family(metric: family.metric, series: family.series.filter { $0.value !== handler })
            }
        }
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter) as CounterSeries
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter) as CounterSeries
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge) as GaugeSeries
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate
            ? series(label, dimensions, .histogram) as HistogramSeries
            : series(label, dimensions, .gauge) as GaugeSeries
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram) as HistogramSeries
    }

    package func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { forget(handler) }
}
