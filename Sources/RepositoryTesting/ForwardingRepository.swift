// SPDX-License-Identifier: Apache-2.0

package import LifecycleModel
package import PublicCA

/// A repository around another, which does all that the outer one does not do itself.
package protocol ForwardingRepository: LifecycleRepository {
    associatedtype Inner: LifecycleRepository
    var inner: Inner { get }
}

extension ForwardingRepository {
    package func order(_ id: OrderID) async throws(RepositoryError) -> Order? { try await inner.order(id) }

    package func order(account: String, reference: OrderReference) async throws(RepositoryError) -> Order? {
        try await inner.order(account: account, reference: reference)
    }

    package func order(account: String, callerKey: String) async throws(RepositoryError) -> Order? {
        try await inner.order(account: account, callerKey: callerKey)
    }

    package func order(account: String, key: OrderKey) async throws(RepositoryError) -> Order? {
        try await inner.order(account: account, key: key)
    }

    package func unfinishedSuccessor(of certificate: CertificateID) async throws(RepositoryError) -> Order? {
        try await inner.unfinishedSuccessor(of: certificate)
    }

    package func certificate(_ id: CertificateID) async throws(RepositoryError) -> IssuedCertificate? {
        try await inner.certificate(id)
    }

    package func certificate(account: String, sha256: String) async throws(RepositoryError) -> IssuedCertificate? {
        try await inner.certificate(account: account, sha256: sha256)
    }

    package func managed(_ id: ManagedCertificateID) async throws(RepositoryError) -> ManagedCertificate? {
        try await inner.managed(id)
    }

    package func revocation(_ id: RevocationID) async throws(RepositoryError) -> RevocationRecord? {
        try await inner.revocation(id)
    }

    package func revocation(of certificate: CertificateID) async throws(RepositoryError) -> RevocationRecord? {
        try await inner.revocation(of: certificate)
    }

    package func account(_ name: String) async throws(RepositoryError) -> AccountRecord? {
        try await inner.account(name)
    }
    package func importRun(_ id: ImportID) async throws(RepositoryError) -> ImportRun? { try await inner.importRun(id) }
    package func key(_ publicKey: PublicKeyDigest) async throws(RepositoryError) -> SealedKey? {
        try await inner.key(publicKey)
    }

    package func memory(account: String, name: String) async throws(RepositoryError) -> MemoryRecord? {
        try await inner.memory(account: account, name: name)
    }

    package func tombstone(account: String, reference: OrderReference) async throws(RepositoryError) -> Tombstone? {
        try await inner.tombstone(account: account, reference: reference)
    }

    package func catalogEntry(
        account: String, kind: CatalogKind, id: String
    ) async throws(RepositoryError) -> CatalogEntry? {
        try await inner.catalogEntry(account: account, kind: kind, id: id)
    }

    package func deployment(_ id: DeploymentID) async throws(RepositoryError) -> DeploymentRecord? {
        try await inner.deployment(id)
    }

    package func deployment(
        target: String, managed: ManagedCertificateID
    ) async throws(RepositoryError) -> DeploymentRecord? {
        try await inner.deployment(target: target, managed: managed)
    }

    package func channel(_ name: String) async throws(RepositoryError) -> ChannelRecord? {
        try await inner.channel(name)
    }

    package func managed(_ query: ManagedQuery) async throws(RepositoryError) -> Page<ManagedCertificate> {
        try await inner.managed(query)
    }

    package func decisions(_ query: DecisionQuery) async throws(RepositoryError) -> Page<RenewalDecision> {
        try await inner.decisions(query)
    }

    package func deployments(_ query: DeploymentQuery) async throws(RepositoryError) -> Page<DeploymentRecord> {
        try await inner.deployments(query)
    }

    package func alerts() async throws(RepositoryError) -> [AlertRecord] { try await inner.alerts() }

    package func waitingForRoom(limit: Int) async throws(RepositoryError) -> [Order] {
        try await inner.waitingForRoom(limit: limit)
    }

    package func work(_ subject: Subject, task: String) async throws(RepositoryError) -> WorkItem? {
        try await inner.work(subject, task: task)
    }

    package func accounts() async throws(RepositoryError) -> [AccountRecord] { try await inner.accounts() }

    package func certificates(_ query: CertificateQuery) async throws(RepositoryError) -> Page<IssuedCertificate> {
        try await inner.certificates(query)
    }

    package func work(of account: String, kind: String, limit: Int) async throws(RepositoryError) -> [WorkItem] {
        try await inner.work(of: account, kind: kind, limit: limit)
    }

    package func work(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<WorkItem> {
        try await inner.work(after: cursor, limit: limit)
    }

    package func memories(account: String) async throws(RepositoryError) -> [MemoryRecord] {
        try await inner.memories(account: account)
    }

    package func unfinishedImports(account: String) async throws(RepositoryError) -> [ImportRun] {
        try await inner.unfinishedImports(account: account)
    }

    package func failedRevocations(
        after cursor: PageCursor?, limit: Int
    ) async throws(RepositoryError) -> Page<RevocationRecord> {
        try await inner.failedRevocations(after: cursor, limit: limit)
    }

    package func keys(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<SealedKey> {
        try await inner.keys(after: cursor, limit: limit)
    }

    package func memories(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<MemoryRecord> {
        try await inner.memories(after: cursor, limit: limit)
    }

    package func journalEnd() async throws(RepositoryError) -> JournalCheckpoint? { try await inner.journalEnd() }

    package func checkJournal() async throws(RepositoryError) { try await inner.checkJournal() }

    package func journal(_ query: JournalQuery) async throws(RepositoryError) -> Page<JournalEntry> {
        try await inner.journal(query)
    }

    package func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        try await inner.claim(request)
    }

    package func commit(_ changes: ChangeSet) async throws(RepositoryError) { try await inner.commit(changes) }

    package func orders(_ query: OrderQuery) async throws(RepositoryError) -> Page<Order> {
        try await inner.orders(query)
    }

    package func catalog(_ query: CatalogQuery) async throws(RepositoryError) -> Page<CatalogEntry> {
        try await inner.catalog(query)
    }

    package func counts() async throws(RepositoryError) -> Counts { try await inner.counts() }
}
