// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Plans the renewals of a whole account anew, a page at a time.
extension LifecycleEngine {
    static let replanTask = "replan"
    private static let pageSize = 200

    /// What is done to each page.
    enum Replanning: String, CaseIterable {
        case replan
        /// First takes back what was decided for single certificates.
        case unite
    }

    func replanWork(_ account: String, _ kind: Replanning = .replan, after cursor: PageCursor? = nil) -> WorkItem {
        WorkItem(
            subject: .account(account), task: Self.replanTask, account: account,
            step: "\(kind.rawValue):\(cursor?.rawValue ?? "")", due: time.now())
    }

    func stepReplan(_ item: WorkItem) async throws(RepositoryError) {
        guard let account = try await repository.account(item.account) else { return try await drop(item) }
        let words = item.step.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2, let kind = Replanning(rawValue: String(words[0])) else { return try await leave(item) }
        var query = ManagedQuery()
        query.account = account.name
        query.limit = Self.pageSize
        if !words[1].isEmpty { query.after = PageCursor(String(words[1])) }
        let page = try await repository.managed(query)
        var changes = ChangeSet()
        changes.claimed = item
        for before in page.items {
            var managed = before
            if kind == .unite { managed.isAutoRenewalOwn = false }
            guard let id = managed.current, let certificate = try await repository.certificate(id),
                // One whose order is under way, or that is tried again by its own schedule, is not planned anew over its head.
                !(managed.autoRenewal(under: account).isEnabled && managed.renewal?.isUnderWay == true)
            else { continue }
            let planned = try await planRenewal(of: certificate, managed, account).changes(from: before)
            changes.puts += planned.puts
            changes.work += planned.work
        }
        let next = page.next.map { WorkChange.put(replanWork(account.name, kind, after: $0)) }
        changes.work.append(next ?? .remove(item.subject, task: Self.replanTask))
        do throws(RepositoryError) {
            try await repository.commit(changes)
        } catch {
            // Somebody renewed or changed one of them meanwhile: the page is read again.
            guard case .conflict = error else { throw error }
            return try await putOff(item, to: time.now().advanced(by: .seconds(1)))
        }
        emit(.stepped(item.subject, step: Self.replanTask, note: "\(page.items.count) planned"))
    }
}
