// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting

/// Tries the promises of the provider contract against a CA in use: those alone that read and change nothing.
struct AccountContract {
    let session: Session
    let composition: Composition

    func run(_ account: AccountRecord) async throws(LifecycleError) -> ExitStatus {
        // Opened once before, so that what is wrong with the account itself is said in its own words.
        _ = try await composition.accounts.open(account)
        let accounts = composition.accounts
        let fixture = ProviderFixture(
            open: { try await accounts.open(account) },
            pass: { duration in
                // Only a cancelled task wakes early, and then nothing waits for it.
                try? await Task.sleep(for: duration)
            })
        let checks = ProviderCheck.all.filter(\.isReadOnly)
        let line = ProgressLine(session.output)
        let telling = Task { await line.run { "trying \(checks.count) promises (\($0) s)" } }
        let rows = await ConformanceReport(of: checks, with: fixture).rows
        telling.cancel()
        await telling.value
        return try show(rows, of: account)
    }

    private func show(
        _ rows: [ConformanceReport.Row], of account: AccountRecord
    ) throws(LifecycleError) -> ExitStatus {
        let results = rows.map { row -> (promise: String, result: String, detail: String) in
            switch row.result {
            case .success(.passed): (row.promise, "kept", "")
            case .success(.notApplicable(let reason)): (row.promise, "not applicable", reason)
            case .failure(let failure): (row.promise, "broken", failure.seen)
            }
        }
        var table = Table("PROMISE", "RESULT", "DETAIL")
        for row in results { table.add(row.promise, row.result, row.detail) }
        try session.output.list(
            results.map {
                .object(["promise": .text($0.promise), "result": .text($0.result), "detail": .text($0.detail)])
            }, table, empty: "no promise can be tried by reading")
        let broken = results.count { $0.result == "broken" }
        guard broken > 0 else { return .done }
        session.output.error(
            LifecycleError(
                .refused, "provider \(account.provider) breaks \(broken) of \(results.count) promises",
                hint: "see docs/AddAProvider.md"))
        return .refused
    }
}
