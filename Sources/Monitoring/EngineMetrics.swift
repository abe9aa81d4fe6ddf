// SPDX-License-Identifier: Apache-2.0

package import CoreMetrics
package import LifecycleEngine
import LifecycleModel

/// Counts what the engine does and what CAs answer.
package struct EngineMetrics: Sendable {
    private let factory: any MetricsFactory

    package init(_ factory: any MetricsFactory) { self.factory = factory }

    package func count(_ event: EngineEvent) {
        switch event {
        case .stepped(let subject, let step, _): count(step, of: subject, "stepped")
        case .dropped(let subject, let step, _): count(step, of: subject, "dropped")
        case .deferred(let subject, let step, _): count(step, of: subject, "deferred")
        case .accountPaused(let name, _): counter(.accountPauses, [name]).increment()
        case .imported(let run): counter(.importPages, [run.account]).increment()
        }
    }

    package func count(_ exchange: Exchange, account: String, provider: String) {
        let labels = [account, provider, exchange.method, exchange.outcome, exchange.statusClass]
        counter(.requests, labels).increment()
        timer(.requestSeconds, [provider]).recordNanoseconds(exchange.duration.inNanoseconds)
    }

    /// - Parameter well: whether the repository could be used to its end.
    package func countPass(after duration: Duration, well: Bool) {
        counter(.passes, [well ? "ended" : "failed"]).increment()
        timer(.passSeconds, []).recordNanoseconds(duration.inNanoseconds)
    }

    private func count(_ step: String, of subject: Subject, _ result: String) {
        counter(.steps, [subject.kind, step, result]).increment()
    }

    private func counter(_ metric: Metric, _ values: [String]) -> Counter {
        Counter(label: metric.name, dimensions: Array(zip(metric.labels, values)), factory: factory)
    }

    private func timer(_ metric: Metric, _ values: [String]) -> Timer {
        Timer(label: metric.name, dimensions: Array(zip(metric.labels, values)), factory: factory)
    }
}

extension Duration {
    /// Longer than three hundred years is as long as that.
    fileprivate var inNanoseconds: Int64 {
        let (seconds, overflows) = components.seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflows ? .max : seconds + components.attoseconds / 1_000_000_000
    }
}
