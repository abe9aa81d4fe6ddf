// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

/// A page under way: what it will change, and the run as it will be.
struct ImportPage {
    var run: ImportRun
    /// The work item, with the lease as it was last made longer.
    var item: WorkItem
    var changes = ChangeSet()
    /// Certificates that this page adds to the inventory.
    var kept = 0
    /// Certificates of this page by their digest: two orders may show the same one.
    var certificates: [String: IssuedCertificate] = [:]

    init(run: ImportRun, item: WorkItem) {
        self.run = run
        self.item = item
    }

    mutating func begin(_ rows: Page<OrderRow>) {
        run.cursor = rows.next
        run.isFinished = rows.next == nil
        run.pages += 1
        // At every power of two: a circle of any length comes by one of them.
        if run.pages.nonzeroBitCount == 1 { run.landmark = rows.next }
        run.report.listed += rows.items.count + rows.unreadable.count
        run.report.total = rows.total ?? run.report.total
        run.report.quarantined += rows.unreadable
        run.report.calls += 1
    }

    /// Rows that shift while others order may come twice, and a person may name a reference twice: the second time
    /// there is nothing new.
    mutating func distinct(_ rows: [OrderRow]) -> [OrderRow] {
        var met: Set<OrderReference> = []
        let distinct = rows.filter { met.insert($0.order).inserted }
        run.report.unchanged += rows.count - distinct.count
        return distinct
    }

    mutating func quarantine(_ reference: OrderReference, _ reason: String) {
        run.report.quarantined.append(UnreadableRow(reference: reference.rawValue, reason: reason))
    }

    mutating func put(_ certificate: IssuedCertificate) {
        certificates[certificate.facts.sha256] = certificate
        changes.puts.removeAll { if case .certificate(let other) = $0 { other.id == certificate.id } else { false } }
        changes.puts.append(.certificate(certificate))
    }
}
