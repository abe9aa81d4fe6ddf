// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
public import LifecycleModel
public import PublicCA

extension SQLiteRepository {
    public func accounts() async throws(RepositoryError) -> [AccountRecord] {
        let bodies = try await bodies(Condition("SELECT name, body FROM accounts ORDER BY name"))
        return try all(bodies)
    }

    public func orders(_ query: OrderQuery) async throws(RepositoryError) -> Page<Order> {
        page(of: try await bodies(query.selection.statement), limit: query.limit)
    }

    public func certificates(_ query: CertificateQuery) async throws(RepositoryError) -> Page<IssuedCertificate> {
        page(of: try await bodies(query.selection.statement), limit: query.limit)
    }

    public func catalog(_ query: CatalogQuery) async throws(RepositoryError) -> Page<CatalogEntry> {
        page(of: try await bodies(query.statement), limit: query.limit)
    }

    public func memories(account: String) async throws(RepositoryError) -> [MemoryRecord] {
        let condition = Condition("SELECT name, body FROM memories WHERE account = ? ORDER BY name", account)
        return try all(try await bodies(condition))
    }

    public func keys(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<SealedKey> {
        let condition = Condition(
            "SELECT public_key, body FROM keys WHERE public_key > ? ORDER BY public_key LIMIT ?",
            cursor?.rawValue ?? "", limit.asPageLimit + 1)
        return page(of: try await bodies(condition), limit: limit)
    }

    /// The cursor is account and name, a line each.
    public func memories(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<MemoryRecord> {
        let place = cursor?.rawValue.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false) ?? []
        let condition = Condition(
            """
            SELECT account || char(10) || name, body FROM memories WHERE (account, name) > (?, ?)
            ORDER BY account, name LIMIT ?
            """, place.first.map(String.init) ?? "", place.dropFirst().first.map(String.init) ?? "",
            limit.asPageLimit + 1)
        return page(of: try await bodies(condition), limit: limit)
    }

    public func unfinishedImports(account: String) async throws(RepositoryError) -> [ImportRun] {
        let condition = Condition(
            "SELECT id, body FROM imports WHERE account = ? AND finished = 0 ORDER BY id", account)
        return try all(try await bodies(condition))
    }

    public func failedRevocations(
        after cursor: PageCursor?, limit: Int
    ) async throws(RepositoryError) -> Page<RevocationRecord> {
        let condition = Condition(
            "SELECT id, body FROM revocations WHERE failed = 1 AND id > ? ORDER BY id LIMIT ?",
            cursor?.rawValue ?? "", limit.asPageLimit + 1)
        return page(of: try await bodies(condition), limit: limit)
    }

    public func managed(_ query: ManagedQuery) async throws(RepositoryError) -> Page<ManagedCertificate> {
        page(of: try await bodies(query.statement), limit: query.limit)
    }

    public func decisions(_ query: DecisionQuery) async throws(RepositoryError) -> Page<RenewalDecision> {
        page(of: try await bodies(query.statement), limit: query.limit)
    }

    public func deployments(_ query: DeploymentQuery) async throws(RepositoryError) -> Page<DeploymentRecord> {
        page(of: try await bodies(query.statement), limit: query.limit)
    }

    public func alerts() async throws(RepositoryError) -> [AlertRecord] {
        try all(try await bodies(Condition("SELECT key, body FROM alerts ORDER BY key")))
    }

    public func waitingForRoom(limit: Int) async throws(RepositoryError) -> [Order] {
        let condition = Condition(
            "SELECT id, body FROM orders WHERE waits_for IS NOT NULL ORDER BY waits_for, id LIMIT ?", limit.asPageLimit)
        return try all(try await bodies(condition))
    }

    public func counts() async throws(RepositoryError) -> Counts {
        let lines = try await perform { database in
            try database.rows("SELECT kind, key, count FROM counts WHERE count <> 0")
                .map { row in
                    let key = CountKey(kind: try row.decode(atIndex: 0), key: try row.decode(atIndex: 1))
                    return (key, try row.decode(Int.self, atIndex: 2))
                }
        }
        var counts = Counts()
        for (line, count) in lines {
            switch line.kind {
            case CountKey.order: if let phase = OrderPhase(rawValue: line.key) { counts.orders[phase] = count }
            case CountKey.referenced: counts.referenced[line.key] = count
            case CountKey.certificate:
                if let status = CertificateStatus(rawValue: line.key) { counts.certificates[status] = count }
            case CountKey.expiring: if let day = Int(line.key) { counts.expiring[day] = count }
            case CountKey.renewal: if let day = Int(line.key) { counts.renewals[day] = count }
            case CountKey.deployment:
                counts.deployments += count
                if line.key == CountKey.troubled { counts.troubledDeployments += count }
            default: continue
            }
        }
        return counts
    }

    private func bodies(_ statement: Condition) async throws(RepositoryError) -> [(id: String, body: Data)] {
        try await perform { database in
            try database.rows(statement.sql, statement.values).map {
                (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1))
            }
        }
    }

    private func all<Record: StoredRow>(_ bodies: [(id: String, body: Data)]) throws(RepositoryError) -> [Record] {
        let page: Page<Record> = page(of: bodies, limit: bodies.count)
        if let row = page.unreadable.first {
            throw .unreadable("\(Record.kind.rawValue) \(row.reference) in \(path) is \(row.reason)")
        }
        return page.items
    }

    /// Records that cannot be read are named beside the others, so that one does not hide the rest.
    private func page<Record: StoredRow>(
        of bodies: [(id: String, body: Data)], limit: Int
    ) -> Page<Record> {
        let shown = bodies.prefix(limit.asPageLimit)
        let isMore = bodies.count > shown.count
        var page = Page<Record>(items: [], next: isMore ? shown.last.map { PageCursor($0.id) } : nil)
        for (id, body) in shown {
            do {
                page.items.append(try StoredBody.decode(Record.self, from: body))
            } catch {
                page.unreadable.append(UnreadableRow(reference: id, reason: "damaged, or of a newer version"))
            }
        }
        return page
    }
}
