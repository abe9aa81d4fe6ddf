// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
public import PublicCA

extension MemoryRepository {
    public func accounts() async throws(RepositoryError) -> [AccountRecord] {
        read { $0.all(AccountRecord.self).sorted { $0.name < $1.name } }
    }

    public func orders(_ query: OrderQuery) async throws(RepositoryError) -> Page<Order> {
        read { state in
            let matches = state.all(Order.self).filter { query.matches($0) }
            return Self.page(of: matches, after: query.after, limit: query.limit) { $0.id.rawValue }
        }
    }

    public func certificates(_ query: CertificateQuery) async throws(RepositoryError) -> Page<IssuedCertificate> {
        read { state in
            let matches = state.all(IssuedCertificate.self).filter { query.matches($0) }
            return Self.page(of: matches, after: query.after, limit: query.limit) { $0.id.rawValue }
        }
    }

    public func catalog(_ query: CatalogQuery) async throws(RepositoryError) -> Page<CatalogEntry> {
        read { state in
            let matches = state.all(CatalogEntry.self).filter { query.matches($0) }
            return Self.page(of: matches, after: query.after, limit: query.limit) { $0.item.id }
        }
    }

    public func work(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<WorkItem> {
        read { state in
            let page = Self.page(of: state.queue.schedule, after: cursor, limit: limit) { entry in
                // Fixed widths, so that text sorts as the numbers do.
                let digits = String(UInt64(bitPattern: entry.item.due.milliseconds) ^ (1 << 63), radix: 36)
                let number = String(entry.number, radix: 36)
                return String(repeating: "0", count: 13 - digits.count) + digits
                    + String(repeating: "0", count: 13 - number.count) + number
            }
            return Page(items: page.items.map(\.item), next: page.next)
        }
    }

    public func work(of account: String, kind: String, limit: Int) async throws(RepositoryError) -> [WorkItem] {
        read { state in
            let items = state.queue.schedule.lazy.map(\.item).filter {
                $0.account == account && $0.subject.kind == kind
            }
            return Array(items.prefix(limit))
        }
    }

    public func failedRevocations(
        after cursor: PageCursor?, limit: Int
    ) async throws(RepositoryError) -> Page<RevocationRecord> {
        read { state in
            let failed = state.all(RevocationRecord.self).filter(\.hasFailed)
            return Self.page(of: failed, after: cursor, limit: limit) { $0.id.rawValue }
        }
    }

    public func memories(account: String) async throws(RepositoryError) -> [MemoryRecord] {
        read { state in
            state.all(MemoryRecord.self).filter { $0.account == account }.sorted { $0.name < $1.name }
        }
    }

    public func keys(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<SealedKey> {
        read { state in
            Self.page(of: state.all(SealedKey.self), after: cursor, limit: limit) { $0.publicKey.rawValue }
        }
    }

    public func memories(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<MemoryRecord> {
        read { state in
            Self.page(of: state.all(MemoryRecord.self), after: cursor, limit: limit) { "\($0.account)\n\($0.name)" }
        }
    }

    public func unfinishedImports(account: String) async throws(RepositoryError) -> [ImportRun] {
        read { state in
            state.all(ImportRun.self).filter { $0.account == account && !$0.isFinished }
                .sorted { $0.id.rawValue < $1.id.rawValue }
        }
    }

    public func journal(_ query: JournalQuery) async throws(RepositoryError) -> Page<JournalEntry> {
        read { state in
            let lines = query.isNewestFirst ? state.journal.reversed() : state.journal
            let found = lines.lazy.filter { $0.sequence > query.after && query.matches($0) }
                .prefix(min(max(0, query.limit), .max - 1) + 1)
            let items = Array(found.prefix(max(0, query.limit)))
            let next = found.count > items.count ? items.last.map { PageCursor("\($0.sequence)") } : nil
            return Page(items: items, next: next)
        }
    }

    public func journalEnd() async throws(RepositoryError) -> JournalCheckpoint? { read { $0.journalEnd } }

    /// Lines in memory are all that there is.
    public func checkJournal() async throws(RepositoryError) {}

    public func counts() async throws(RepositoryError) -> Counts {
        read { state in
            var counts = Counts()
            for order in state.all(Order.self) {
                counts.orders[order.phase, default: 0] += 1
                if order.heldReference != nil { counts.referenced[order.account, default: 0] += 1 }
            }
            for certificate in state.all(IssuedCertificate.self) {
                counts.certificates[certificate.status, default: 0] += 1
                guard certificate.status == .valid, certificate.successor == nil else { continue }
                counts.expiring[Counts.day(of: certificate.facts.notAfter), default: 0] += 1
            }
            for renewal in state.all(ManagedCertificate.self).compactMap(\.renewal) where !renewal.isStuck {
                counts.renewals[Counts.day(of: renewal.dueAt), default: 0] += 1
            }
            let deployments = state.all(DeploymentRecord.self)
            counts.deployments = deployments.count
            counts.troubledDeployments = deployments.count { $0.isTroubled }
            return counts
        }
    }

    static func page<Element>(
        of elements: [Element], after cursor: PageCursor?, limit: Int, by position: (Element) -> String
    ) -> Page<Element> {
        let rest = elements.map { (position($0), $0) }.filter { cursor == nil || $0.0 > cursor?.rawValue ?? "" }
            .sorted { $0.0 < $1.0 }
        let shown = rest.prefix(max(0, limit))
        let next = rest.count > shown.count ? shown.last.map { PageCursor($0.0) } : nil
        return Page(items: shown.map(\.1), next: next)
    }
}
