// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

/// What is under way of an account that shall be removed.
extension LifecycleEngine {
    func refuseWhileOrdering(_ account: AccountRecord) async throws {
        var query = OrderQuery()
        query.account = account.name
        query.phases = OrderPhase.allCases.filter { !$0.isFinal }
        query.limit = 1
        guard let order = try await repository.orders(query).items.first else { return }
        throw LifecycleError(
            .refused, "account \(account.name) has unfinished orders, such as \(order.id)",
            hint: "cancel or resolve them first")
    }

    /// Throws `refused` for one that was sent: the CA may yet do it.
    func drop(revocationsOf account: AccountRecord, in changes: inout ChangeSet) async throws {
        for item in try await repository.work(of: account.name, kind: "revocation", limit: 1000) {
            guard var revocation = try await repository.revocation(RevocationID(item.subject.id)) else { continue }
            do throws(InvalidTransition) {
                let decision = try revocation.receive(.accountRemoved, at: time.now(), policy: OrderPolicy())
                changes.puts.append(.revocation(revocation))
                changes.work.append(.remove(item.subject, task: item.task))
                changes.journal.append(
                    journal(item.subject, name: nil, revocation.phase.rawValue, decision.note))
            } catch {
                throw LifecycleError(
                    .refused,
                    "revocation \(revocation.id) of account \(account.name) was sent, and its end is not known",
                    hint: "let it end first: publicca run --until-idle; a paused account has to go on for that")
            }
        }
    }

    func drop(importsOf account: AccountRecord, in changes: inout ChangeSet) async throws(RepositoryError) {
        for item in try await repository.work(of: account.name, kind: "import", limit: 1000) {
            changes.work.append(.remove(item.subject, task: item.task))
            guard var run = try await repository.importRun(ImportID(item.subject.id)) else { continue }
            run.isFinished = true
            run.problem = "the account was removed"
            changes.puts.append(.importRun(run))
        }
    }
}
