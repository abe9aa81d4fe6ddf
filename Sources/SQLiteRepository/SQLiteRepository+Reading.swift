// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
public import LifecycleModel
public import PublicCA

extension SQLiteRepository {
    public func order(_ id: OrderID) async throws(RepositoryError) -> Order? {
        try await record([id.rawValue])
    }

    public func order(account: String, reference: OrderReference) async throws(RepositoryError) -> Order? {
        try await record("account = ? AND reference = ?", [account, reference.rawValue])
    }

    public func order(account: String, key: OrderKey) async throws(RepositoryError) -> Order? {
        try await record("account = ? AND key = ? ORDER BY id LIMIT 1", [account, key.rawValue])
    }

    public func order(account: String, callerKey: String) async throws(RepositoryError) -> Order? {
        try await record("account = ? AND caller_key = ?", [account, callerKey])
    }

    public func unfinishedSuccessor(of certificate: CertificateID) async throws(RepositoryError) -> Order? {
        try await record("predecessor = ? AND final = 0", [certificate.rawValue])
    }

    public func certificate(_ id: CertificateID) async throws(RepositoryError) -> IssuedCertificate? {
        try await record([id.rawValue])
    }

    public func certificate(account: String, sha256: String) async throws(RepositoryError) -> IssuedCertificate? {
        try await record("account = ? AND sha256 = ?", [account, sha256])
    }

    public func managed(_ id: ManagedCertificateID) async throws(RepositoryError) -> ManagedCertificate? {
        try await record([id.rawValue])
    }

    public func revocation(_ id: RevocationID) async throws(RepositoryError) -> RevocationRecord? {
        try await record([id.rawValue])
    }

    public func revocation(of certificate: CertificateID) async throws(RepositoryError) -> RevocationRecord? {
        try await record("certificate = ? ORDER BY unfinished DESC, id DESC LIMIT 1", [certificate.rawValue])
    }

    public func account(_ name: String) async throws(RepositoryError) -> AccountRecord? {
        try await record([name])
    }

    public func importRun(_ id: ImportID) async throws(RepositoryError) -> ImportRun? {
        try await record([id.rawValue])
    }

    public func key(_ publicKey: PublicKeyDigest) async throws(RepositoryError) -> SealedKey? {
        try await record([publicKey.rawValue])
    }

    public func memory(account: String, name: String) async throws(RepositoryError) -> MemoryRecord? {
        try await record([account, name])
    }

    public func tombstone(account: String, reference: OrderReference) async throws(RepositoryError) -> Tombstone? {
        try await record([account, reference.rawValue])
    }

    public func catalogEntry(
        account: String, kind: CatalogKind, id: String
    ) async throws(RepositoryError) -> CatalogEntry? {
        try await record([account, kind.rawValue, id])
    }

    public func deployment(_ id: DeploymentID) async throws(RepositoryError) -> DeploymentRecord? {
        try await record([id.rawValue])
    }

    public func deployment(
        target: String, managed: ManagedCertificateID
    ) async throws(RepositoryError) -> DeploymentRecord? {
        try await record("target = ? AND managed = ?", [target, managed.rawValue])
    }

    public func channel(_ name: String) async throws(RepositoryError) -> ChannelRecord? {
        try await record([name])
    }

    public func work(_ subject: Subject, task: String) async throws(RepositoryError) -> WorkItem? {
        try await perform { database in
            try database.row(
                "SELECT \(WorkItem.columns) FROM work WHERE kind = ? AND subject = ? AND task = ?",
                [subject.kind.databaseValue, subject.id.databaseValue, task.databaseValue]
            ).map { try WorkItem($0) }
        }
    }

    private func record<Record: StoredRow>(_ identity: [String]) async throws(RepositoryError) -> Record? {
        try await record(sql: Record.table.read, identity)
    }

    private func record<Record: StoredRow>(
        _ condition: String, _ values: [String]
    ) async throws(RepositoryError) -> Record? {
        try await record(sql: "SELECT body FROM \(Record.table.name) WHERE \(condition)", values)
    }

    private func record<Record: StoredRow>(sql: String, _ values: [String]) async throws(RepositoryError) -> Record? {
        let body: Data? = try await perform { database in
            try database.row(sql, values.map(\.databaseValue))?.decode(atIndex: 0)
        }
        guard let body else { return nil }
        do {
            return try StoredBody.decode(Record.self, from: body)
        } catch {
            let title = "\(Record.kind.rawValue) \(values.joined(separator: "/"))"
            throw .unreadable("\(title) in \(path) is damaged, or of a newer version")
        }
    }
}
