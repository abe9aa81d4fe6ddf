// SPDX-License-Identifier: Apache-2.0

package import LifecycleEngine
package import LifecycleModel
import PublicCA

/// What an import would meet, by the import's own rules: lists and compares, and writes nothing. Only what was named by
/// its reference is read, to know whether it is there.
package struct ImportPreview: Sendable {
    let account: AccountRecord
    let options: ImportOptions
    let engine: LifecycleEngine
    let accounts: AccountOpener

    package init(
        account: AccountRecord, options: ImportOptions, engine: LifecycleEngine, accounts: AccountOpener
    ) {
        self.account = account
        self.options = options
        self.engine = engine
        self.accounts = accounts
    }

    /// Throws what the import would throw, and as the CA answers.
    package func report() async throws(LifecycleError) -> ImportReport {
        let options = try await engine.resolve(options, account)
        let provider = try await accounts.open(account)
        var report = ImportReport()
        do {
            if options.references.isEmpty, let listing = provider.orders {
                try await list(listing, options, in: &report)
            } else {
                let rows = options.references.map { OrderRow(order: $0, certificate: nil, version: "") }
                try await count(rows, options, in: &report, states: [], reading: provider)
            }
            return report
        } catch let error as LifecycleError {
            throw error
        } catch let error as ProviderError {
            throw LifecycleError(error)
        } catch let error as RepositoryError {
            throw LifecycleError(error)
        } catch {
            throw LifecycleError(.refused, "\(error)")
        }
    }

    private func list(
        _ listing: any OrderListing, _ options: ImportOptions, in report: inout ImportReport
    ) async throws {
        var cursor: PageCursor?
        var cursors: Set<PageCursor> = []
        repeat {
            let page = try await listing.listOrders(in: options.states, after: cursor)
            report.calls += 1
            report.total = page.total ?? report.total
            report.quarantined += page.unreadable
            report.listed += page.unreadable.count
            try await count(page.items, options, in: &report, states: listing.listedStates, reading: nil)
            cursor = page.next
            if let cursor, !cursors.insert(cursor).inserted {
                throw LifecycleError(.refused, "the list of orders leads back to an earlier page")
            }
        } while cursor != nil
        if options.states.isEmpty { report.tellUnlisted() }
    }

    /// - Parameter provider: asked for what would be read; `nil` where a listing has shown that it is there.
    private func count(
        _ rows: [OrderRow], _ options: ImportOptions, in report: inout ImportReport, states: [String],
        reading provider: (any PublicCAProvider)?
    ) async throws {
        report.listed += rows.count
        var met: Set<OrderReference> = []
        for row in rows {
            guard met.insert(row.order).inserted else {
                report.unchanged += 1
                continue
            }
            let plan = try await engine.plan(row, options, account.name, states: states)
            if case .read = plan, let provider {
                report.calls += 1
                if let why = try await refusal(of: row.order, provider) {
                    report.quarantined.append(UnreadableRow(reference: row.order.rawValue, reason: why))
                    continue
                }
            }
            plan.count(in: &report)
        }
    }

    /// Why the CA does not hand out this one order; `nil` where it does.
    private func refusal(
        of reference: OrderReference, _ provider: any PublicCAProvider
    ) async throws(ProviderError) -> String? {
        do throws(ProviderError) {
            _ = try await provider.order(reference)
            return nil
        } catch {
            switch error.disposition {
            case .rejected, .notFound: return error.description
            case .transient, .ambiguous, .account: throw error
            }
        }
    }
}
