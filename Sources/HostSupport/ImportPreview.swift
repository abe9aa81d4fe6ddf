// SPDX-License-Identifier: Apache-2.0

package import LifecycleEngine
package import LifecycleModel
import PublicCA

/// What an import would meet: lists and compares, reads nothing in full and writes nothing.
package struct ImportPreview: Sendable {
    let account: AccountRecord
    let options: ImportOptions
    let repository: any LifecycleRepository
    let accounts: AccountOpener

    package init(
        account: AccountRecord, options: ImportOptions, repository: any LifecycleRepository, accounts: AccountOpener
    ) {
        self.account = account
        self.options = options
        self.repository = repository
        self.accounts = accounts
    }

    /// Throws as the CA answers; `refused` where the account cannot list.
    package func report() async throws(LifecycleError) -> ImportReport {
        var report = ImportReport()
        do {
            if !options.references.isEmpty {
                for reference in options.references {
                    try await count(OrderRow(order: reference, certificate: nil, version: ""), in: &report)
                }
                return report
            }
            guard let listing = try await accounts.open(account).orders else {
                throw LifecycleError(
                    .refused, "account \(account.name) cannot list orders", hint: "name them with --reference")
            }
            var cursor: PageCursor?
            repeat {
                let page = try await listing.listOrders(in: options.states, after: cursor)
                report.calls += 1
                report.total = page.total ?? report.total
                report.quarantined += page.unreadable
                report.listed += page.unreadable.count
                for row in page.items { try await count(row, in: &report) }
                cursor = page.next
            } while cursor != nil
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

    private func count(_ row: OrderRow, in report: inout ImportReport) async throws(RepositoryError) {
        report.listed += 1
        if !options.again, try await repository.tombstone(account: account.name, reference: row.order) != nil {
            report.deletedHere += 1
        } else if let known = try await repository.order(account: account.name, reference: row.order) {
            if known.listedVersion == row.version, row.version != "" {
                report.unchanged += 1
            } else {
                report.changed += 1
            }
        } else {
            report.new += 1
        }
    }
}
