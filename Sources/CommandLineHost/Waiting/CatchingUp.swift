// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

extension Session {
    /// Before something is to succeed a certificate in a home that was put back from a backup: takes in what the CA has, so
    /// that nothing is bought again. Where that does not end in time, the engine refuses.
    func catchUp(_ name: String, _ composition: Composition) async throws(LifecycleError) {
        let account = try await composition.account(name)
        guard account.isBehind, await composition.obstacle(to: account) == nil else { return }
        output.note("the home was put back from a backup: what the CA has of account \(name) is imported first")
        let run = try await composition.engine.importOrders(account: name)
        let progress = ImportProgress(run: run, composition, began: .now)
        _ = try await Watch(composition: composition, output: output)
            .settle(.importRun(run.id), within: 300) { await progress.describe() }
    }
}
