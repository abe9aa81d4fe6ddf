// SPDX-License-Identifier: Apache-2.0

import HostSupport
import LifecycleModel
import PublicCA

/// How far an import is, how fast it goes, and how long the rest may take at this pace.
struct ImportProgress: Sendable {
    private let run: ImportID
    private let repository: any LifecycleRepository
    private let worker: String
    private let began: ContinuousClock.Instant
    /// What had been listed when this command began to watch: an import that is taken up again did not do that now.
    private let before: Int

    init(run: ImportRun, _ composition: Composition, began: ContinuousClock.Instant) {
        self.run = run.id
        repository = composition.repository
        worker = composition.worker
        self.began = began
        before = run.report.listed
    }

    func describe() async -> String {
        do throws(RepositoryError) {
            guard let now = try await repository.importRun(run) else { return "importing" }
            let elapsed = (ContinuousClock.now - began) / .seconds(1)
            let text = Self.text(now.report, listedBefore: before, seconds: elapsed)
            guard let item = try await repository.work(.importRun(run), task: WorkItem.life) else { return text }
            if let problem = now.problem, item.lease == nil {
                return "\(text); \(problem), at \(Dates.text(item.due))"
            }
            // Whoever was killed over it keeps it for a while.
            guard let lease = item.lease, lease.worker != worker else { return text }
            return "\(text); another process has it, until \(Dates.text(lease.until)) at least"
        } catch {
            return "importing: \(error.description)"
        }
    }

    /// - Parameter seconds: since `listedBefore` were listed.
    static func text(_ report: ImportReport, listedBefore before: Int, seconds: Double) -> String {
        let rate = seconds > 0 ? Double(report.listed - before) / seconds : 0
        let pace = rate > 0 ? ", \(rate < 10 ? "\((rate * 10).rounded() / 10)" : "\(Int(rate))")/s" : ""
        guard let total = report.total, total > 0, total >= report.listed else {
            return "importing: \(report.listed) listed, \(report.new) new\(pace)"
        }
        let left = rate > 0 ? ", about \(Int((Double(total - report.listed) / rate).rounded(.up))) s to go" : ""
        return
            "importing \(bar(report.listed, of: total)) \(report.listed) of \(total), \(report.new) new\(pace)\(left)"
    }

    private static func bar(_ done: Int, of total: Int) -> String {
        let width = 20
        let filled = done * width / total
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]"
    }
}
