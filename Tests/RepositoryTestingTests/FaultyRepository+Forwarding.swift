// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA
import RepositoryTesting

/// What no fault touches.
extension FaultyRepository {
    func order(_ id: OrderID) async throws(RepositoryError) -> Order? { try await sound.order(id) }

    func order(account: String, reference: OrderReference) async throws(RepositoryError) -> Order? {
        try await sound.order(account: account, reference: reference)
    }

    func order(account: String, callerKey: String) async throws(RepositoryError) -> Order? {
        try await sound.order(account: account, callerKey: callerKey)
    }

    func order(account: String, key: OrderKey) async throws(RepositoryError) -> Order? {
        try await sound.order(account: account, key: key)
    }

    func unfinishedSuccessor(of certificate: CertificateID) async throws(RepositoryError) -> Order? {
        try await sound.unfinishedSuccessor(of: certificate)
    }

    func certificate(_ id: CertificateID) async throws(RepositoryError) -> IssuedCertificate? {
        try await sound.certificate(id)
    }

    func certificate(account: String, sha256: String) async throws(RepositoryError) -> IssuedCertificate? {
        try await sound.certificate(account: account, sha256: sha256)
    }

    func managed(_ id: ManagedCertificateID) async throws(RepositoryError) -> ManagedCertificate? {
        try await sound.managed(id)
    }

    func revocation(_ id: RevocationID) async throws(RepositoryError) -> RevocationRecord? {
        try await sound.revocation(id)
    }

    func revocation(of certificate: CertificateID) async throws(RepositoryError) -> RevocationRecord? {
        try await sound.revocation(of: certificate)
    }

    func account(_ name: String) async throws(RepositoryError) -> AccountRecord? { try await sound.account(name) }
    func importRun(_ id: ImportID) async throws(RepositoryError) -> ImportRun? { try await sound.importRun(id) }
    func key(_ publicKey: PublicKeyDigest) async throws(RepositoryError) -> SealedKey? {
        try await sound.key(publicKey)
    }

    func memory(account: String, name: String) async throws(RepositoryError) -> MemoryRecord? {
        try await sound.memory(account: account, name: name)
    }

    func tombstone(account: String, reference: OrderReference) async throws(RepositoryError) -> Tombstone? {
        try await sound.tombstone(account: account, reference: reference)
    }

    func catalogEntry(
        account: String, kind: CatalogKind, id: String
    ) async throws(RepositoryError) -> CatalogEntry? {
        try await sound.catalogEntry(account: account, kind: kind, id: id)
    }

    func work(_ subject: Subject, task: String) async throws(RepositoryError) -> WorkItem? {
        try await sound.work(subject, task: task)
    }

    func accounts() async throws(RepositoryError) -> [AccountRecord] { try await sound.accounts() }

    func certificates(_ query: CertificateQuery) async throws(RepositoryError) -> Page<IssuedCertificate> {
        try await sound.certificates(query)
    }

    func work(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<WorkItem> {
        try await sound.work(after: cursor, limit: limit)
    }

    func failedRevocations(
        after cursor: PageCursor?, limit: Int
    ) async throws(RepositoryError) -> Page<RevocationRecord> {
        try await sound.failedRevocations(after: cursor, limit: limit)
    }

    func unfinishedImports(account: String) async throws(RepositoryError) -> [ImportRun] {
        try await sound.unfinishedImports(account: account)
    }

    func journal(_ query: JournalQuery) async throws(RepositoryError) -> Page<JournalEntry> {
        try await sound.journal(query)
    }
}
