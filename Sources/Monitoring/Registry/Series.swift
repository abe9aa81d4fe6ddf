// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Synchronization

/// The values of one metric under one set of labels.
protocol Series: AnyObject, Sendable {
    init(_ metric: Metric)
    func samples(_ labels: [Label]) -> [Sample]
}

/// Only ever grows, since a rate is worked out from it: what is negative or no number is not counted.
final class CounterSeries: Series, CounterHandler, FloatingPointCounterHandler {
    private let value = Mutex(0.0)

    init(_ metric: Metric) {}

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        value.withLock { $0 += amount }
    }

    func reset() { value.withLock { $0 = 0 } }

    func samples(_ labels: [Label]) -> [Sample] { [Sample(labels, value.withLock { $0 })] }
}

/// The last value, whatever it is.
final class GaugeSeries: Series, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    init(_ metric: Metric) {}

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func samples(_ labels: [Label]) -> [Sample] { [Sample(labels, value.withLock { $0 })] }
}

/// How many values lie at or below each bound.
final class HistogramSeries: Series, RecorderHandler, TimerHandler {
    private struct State {
        /// Of each bucket alone; the last one is of what is beyond all bounds.
        var counts: [Int]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(_ metric: Metric) {
        bounds = metric.buckets
        state = Mutex(State(counts: Array(repeating: 0, count: metric.buckets.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }

    /// What is no number lies in no bucket, and would spoil the sum for good.
    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    /// Seconds, as all times in Prometheus.
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func samples(_ labels: [Label]) -> [Sample] {
        let state = state.withLock { $0 }
        var below = 0
        let buckets = zip(bounds + [.infinity], state.counts).map { bound, count in
            below += count
            return Sample(labels + [Label("le", PrometheusText.number(bound))], Double(below), suffix: "_bucket")
        }
        return buckets + [
            Sample(labels, state.sum, suffix: "_sum"), Sample(labels, Double(below), suffix: "_count"),
        ]
    }
}
