// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// Puts on record what begins and what ceases to need a person, each with a line in the journal: channels read it there.
extension LifecycleEngine {
    func refreshAlerts(_ item: WorkItem) async throws(RepositoryError) {
        let now = time.now()
        var changes = ChangeSet()
        changes.claimed = item
        do throws(RepositoryError) {
            let news = AlertChanges(
                from: try await repository.alerts(), to: try await attention(at: now), at: now)
            changes.puts = news.puts.map { .alert($0) }
            changes.deletes = news.deletes.map { .alert($0) }
            changes.journal = news.lines.map { journal($0.subject, name: $0.name, $0.event, $0.detail) }
        } catch {
            // A record that cannot be read must not end the pass each minute; whoever asks for it is told.
            guard case .unreadable = error else { throw error }
            emit(.deferred(item.subject, step: item.step, reason: error.description))
        }
        changes.work = [.put(alertWork(at: now.advanced(by: Self.watchPause)))]
        try await repository.commit(changes)
        if !changes.journal.isEmpty {
            emit(.stepped(item.subject, step: item.step, note: "\(changes.journal.count) alerts have changed"))
        }
    }

    /// Of no account: a refused password must not keep it from being told.
    func alertWork(at due: Date) -> WorkItem {
        WorkItem(subject: .alerts, account: "", step: Self.refresh, due: due)
    }

    static let refresh = "refresh"
}

extension WorkItem {
    /// What goes on for ever, and is not waited for.
    package var isWatch: Bool { subject == .alerts || subject.kind == "channel" }
}
