// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Reads an account's catalogs while a person looks on.
struct AccountSync {
    let session: Session
    let composition: Composition

    struct Ending {
        let account: AccountRecord
        let rests: Bool

        /// What keeps it from going on, or kept it from ending well.
        var problem: LifecycleError? {
            if let problem = account.pauseProblem { return problem }
            return account.syncFailure.map {
                LifecycleError(
                    .refused, "the catalogs of account \(account.name) could not be read: \($0.problem)",
                    hint: $0.isFinal
                        ? "publicca account sync \(account.name)" : "it is tried again by: publicca run")
            }
        }

        var status: ExitStatus {
            if let problem = account.pauseProblem { return ExitStatus(problem.code) }
            guard rests else { return .pending }
            return account.syncFailure == nil ? .done : .refused
        }

        var sentence: String {
            guard status == .done else { return "the catalogs of account \(account.name) are not read in full" }
            let catalogs = account.lastSync.keys.map(\.rawValue).sorted().joined(separator: ", ")
            return "account \(account.name) synced: \(catalogs)"
        }
    }

    /// Throws at once where nothing would be asked: the account is paused, or this host cannot open it.
    ///
    /// - Parameter wait: how many seconds to watch; 300 when nobody said.
    func run(_ name: String, wait: Int?) async throws(LifecycleError) -> Ending {
        if let problem = await composition.obstacle(to: try await composition.account(name)) { throw problem }
        try await composition.engine.syncCatalogs(account: name)
        let repository = composition.repository
        let end = try await Watch(composition: composition, output: session.output)
            .settle(.account(name), within: wait ?? 300) {
                do throws(RepositoryError) {
                    let failure = try await repository.account(name)?.syncFailure
                    return "reading the catalogs of account \(name)" + (failure.map { ": \($0.problem)" } ?? "")
                } catch {
                    return error.description
                }
            }
        let account = try await composition.account(name)
        for sentence in AccountView(account: account).unreadable {
            session.output.warning("account \(name): \(sentence)")
        }
        return Ending(account: account, rests: end == .rests)
    }
}
