// SPDX-License-Identifier: Apache-2.0

/// Prometheus' text format, version 0.0.4.
package enum PrometheusText {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The families in the order of their names, the samples of each as they come.
    package static func write(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families.sorted(by: { $0.metric.name < $1.metric.name }) {
            let name = metricName(family.metric.name)
            text += "# HELP \(name) \(escaped(family.metric.help))\n# TYPE \(name) \(family.metric.kind.rawValue)\n"
            for sample in family.samples {
                text += "\(name)\(sample.suffix)\(written(sample.labels)) \(number(sample.value))\n"
            }
        }
        return text
    }

    /// Whole numbers as such, which is how bounds of histograms are compared by eye.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return "\(whole)" }
        return "\(value)"
    }

    /// What may be the name of a metric; all else becomes an underscore.
    static func metricName(_ text: String) -> String { sanitized(text) { $0 == ":" } }

    /// The same for a label, in which a colon means nothing.
    static func labelName(_ text: String) -> String { sanitized(text) { _ in false } }

    private static func written(_ labels: [Label]) -> String {
        if labels.isEmpty { return "" }
        let pairs = labels.map { "\(labelName($0.name))=\"\(escaped($0.value, quotes: true))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func sanitized(_ text: String, alsoAllowed: (Unicode.Scalar) -> Bool) -> String {
        var name = ""
        for scalar in text.unicodeScalars {
            let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
            let isDigit = ("0"..."9").contains(scalar)
            if isDigit, name.isEmpty { name = "_" }
            name.unicodeScalars.append(isLetter || isDigit || alsoAllowed(scalar) ? scalar : "_")
        }
        return name.isEmpty ? "_" : name
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
