// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

/// A part of a page under way: what it will change, and the run as it will be.
struct ImportPage {
    var run: ImportRun
    var changes = ChangeSet()
    /// Certificates that this page adds to the inventory.
    var kept = 0
    /// Certificates of this page by their digest: two orders may show the same one.
    var certificates: [String: IssuedCertificate] = [:]

    /// How often those that were put aside have been tried.
    private var attempts: [OrderReference: Int] = [:]

    init(run: ImportRun) { self.run = run }

    /// The run as it is when this part is taken.
    mutating func begin(_ part: ReadPart) {
        if run.isListed {
            let orders = Set(part.rows.map(\.row.order))
            for row in run.aside where orders.contains(row.row.order) { attempts[row.row.order] = row.attempts }
            run.aside.removeAll { orders.contains($0.row.order) }
        }
        run.report.listed += part.rows.count
        run.report.calls += part.calls
        if part.isFirst { run.report.total = part.page.total ?? run.report.total }
        guard part.isLast else { return run.taken += part.rows.map(\.row.order) }
        run.report.listed += part.page.unreadable.count
        run.report.quarantined += part.page.unreadable
        run.taken = []
        run.cursor = part.page.next
        run.isFinished = part.page.next == nil
        run.pages += 1
        // At every power of two: a circle of any length comes by one of them.
        if run.pages.nonzeroBitCount == 1 { run.landmark = part.page.next }
    }

    /// Tries before a row that cannot be read for the moment is quarantined.
    func hasPatience(with row: OrderRow) -> Bool { attempts[row.order, default: 0] < 3 }

    /// So many at once are the CA's matter: the part is tried again as a whole.
    var isCrowded: Bool { run.aside.count >= 200 }

    /// To be read again when the list is through. Not counted before.
    mutating func putAside(_ row: OrderRow) {
        let attempts = attempts[row.order, default: 0] + 1
        run.aside.append(RowAside(row: row, attempts: attempts))
        run.report.listed -= 1
    }

    mutating func quarantine(_ reference: OrderReference, _ reason: String) {
        run.report.quarantined.append(UnreadableRow(reference: reference.rawValue, reason: reason))
    }

    mutating func put(_ certificate: IssuedCertificate) {
        if certificates.updateValue(certificate, forKey: certificate.facts.sha256) != nil {
            changes.puts.removeAll {
                if case .certificate(let other) = $0 { other.id == certificate.id } else { false }
            }
        }
        changes.puts.append(.certificate(certificate))
    }

    /// The same page for one more row, whose changes come to the others by ``add(_:)`` when all went well.
    func trial() -> ImportPage {
        var trial = self
        trial.changes = ChangeSet()
        return trial
    }

    mutating func add(_ trial: ImportPage) {
        (run, kept) = (trial.run, trial.kept)
        for change in trial.changes.puts {
            if case .certificate(let certificate) = change { put(certificate) } else { changes.puts.append(change) }
        }
        changes.deletes += trial.changes.deletes
        changes.work += trial.changes.work
        changes.journal += trial.changes.journal
    }
}
