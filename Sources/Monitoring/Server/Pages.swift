// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What is found at which path.
package struct Pages: Sendable {
    private let metrics: MetricsPage
    private let health: HealthReport

    package init(metrics: MetricsPage, health: HealthReport) {
        self.metrics = metrics
        self.health = health
    }

    struct Answer: Hashable, Sendable {
        var status: Int
        var contentType = "text/plain; charset=utf-8"
        var text: String
    }

    /// - Parameter target: a path, with a query or without.
    func answer(_ method: String, _ target: String) async -> Answer {
        let path = String(target.prefix { $0 != "?" })
        guard ["/metrics", "/healthz", "/readyz"].contains(path) else {
            return Answer(status: 404, text: "there are /metrics, /healthz and /readyz\n")
        }
        guard ["GET", "HEAD"].contains(method) else { return Answer(status: 405, text: "only GET and HEAD\n") }
        switch path {
        case "/metrics":
            return Answer(status: 200, contentType: PrometheusText.contentType, text: await metrics.text())
        case "/healthz": return Answer(status: 200, text: "ok\n")
        default: return Self.readiness(await health.reasons())
        }
    }

    private struct Readiness: Encodable {
        var ready: Bool
        var reasons: [HealthReport.Reason]
    }

    private static func readiness(_ reasons: [HealthReport.Reason]) -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let isReady = reasons.isEmpty
        do {
            let body = try encoder.encode(Readiness(ready: isReady, reasons: reasons))
            return Answer(
                status: isReady ? 200 : 503, contentType: "application/json",
                text: String(decoding: body, as: UTF8.self) + "\n")
        } catch {
            return Answer(status: 500, text: "the answer cannot be written\n")
        }
    }
}
