// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

extension Session {
    /// Before something is to succeed a certificate in a home that was put back from a backup: takes in what the CA has, so
    /// that nothing is bought again. Where that does not end in time, the engine refuses. Throws `unreachable` when the CA
    /// does not answer.
    func catchUp(_ name: String, _ composition: Composition) async throws(LifecycleError) {
        let account = try await composition.account(name)
        guard account.isBehind, await composition.obstacle(to: account) == nil else { return }
        output.note("the home was put back from a backup: what the CA has of account \(name) is imported first")
        let run = try await composition.engine.importOrders(account: name)
        let progress = ImportProgress(run: run, composition, began: .now)
        let (engine, repository) = (composition.engine, composition.repository)
        let end = ContinuousClock.now + .seconds(300)
        _ = try await Watch(composition: composition, output: output)
            .watch(limit: 300, { await progress.describe() }) { () async throws(RepositoryError) in
                while ContinuousClock.now < end {
                    if try await engine.settle(.importRun(run.id), within: .seconds(5)) { return true }
                    if let now = try await repository.importRun(run.id), now.failures.count > 0 { return false }
                }
                return false
            }
        let after = try await reading { () async throws(RepositoryError) in try await repository.importRun(run.id) }
        if let after, !after.isFinished, after.failures.count > 0, let problem = after.problem {
            throw LifecycleError(.unreachable, problem, hint: "again when the CA answers: nothing was sent")
        }
    }
}
