// SPDX-License-Identifier: Apache-2.0

/// A metric with its values, ready to be written.
package struct MetricFamily: Hashable, Sendable {
    package var metric: Metric
    package var samples: [Sample]

    package init(_ metric: Metric, _ samples: [Sample]) {
        self.metric = metric
        self.samples = samples
    }

    /// A family of one value without labels.
    init(_ metric: Metric, _ value: Double) { self.init(metric, [Sample([], value)]) }

    /// A family that one label splits.
    init(_ metric: Metric, by values: [(String, Double)]) {
        let name = metric.labels.first ?? ""
        self.init(metric, values.map { Sample([Label(name, $0.0)], $0.1) })
    }
}

/// One line of a family.
package struct Sample: Hashable, Sendable {
    /// What follows the family's name, such as `_bucket`.
    package var suffix: String
    package var labels: [Label]
    package var value: Double

    package init(_ labels: [Label], _ value: Double, suffix: String = "") {
        self.suffix = suffix
        self.labels = labels
        self.value = value
    }
}

package struct Label: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
