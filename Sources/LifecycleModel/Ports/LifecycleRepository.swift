// SPDX-License-Identifier: Apache-2.0

public import PublicCA

/// Where records are kept. Some methods read, one claims, one commits.
///
/// Every read sees what was committed before it began. Lists are in the order of ids, oldest first, and no query costs
/// more for what it does not return.
public protocol LifecycleRepository: RecordReading, RecordListing {
    /// Takes leases on due work, the longest due first. Items under a live lease, and items of paused accounts, are
    /// passed over. Two claims never give out one item while its lease lives.
    func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem]

    /// Writes all of it or nothing.
    ///
    /// Throws ``RepositoryError/conflict(_:)`` when a record is not at the revision that was read, when a rule of
    /// uniqueness would break, when the lease under which the changes were made has gone to somebody else, or when
    /// something was sealed with a master key that is retired, see ``ChangeSet/retiredKeys``.
    func commit(_ changes: ChangeSet) async throws(RepositoryError)
}

/// Single records by name.
public protocol RecordReading: Sendable {
    func order(_ id: OrderID) async throws(RepositoryError) -> Order?
    /// The order that the reference leads to now, see ``Order/isReferencePassedOn``.
    func order(account: String, reference: OrderReference) async throws(RepositoryError) -> Order?
    func order(account: String, key: OrderKey) async throws(RepositoryError) -> Order?
    func order(account: String, callerKey: String) async throws(RepositoryError) -> Order?
    /// The unfinished order that is to succeed a certificate; there is at most one.
    func unfinishedSuccessor(of certificate: CertificateID) async throws(RepositoryError) -> Order?
    func certificate(_ id: CertificateID) async throws(RepositoryError) -> IssuedCertificate?
    /// By SHA-256 of the DER.
    func certificate(account: String, sha256: String) async throws(RepositoryError) -> IssuedCertificate?
    func managed(_ id: ManagedCertificateID) async throws(RepositoryError) -> ManagedCertificate?
    func revocation(_ id: RevocationID) async throws(RepositoryError) -> RevocationRecord?
    /// The unfinished wish to end this certificate, else the newest.
    func revocation(of certificate: CertificateID) async throws(RepositoryError) -> RevocationRecord?
    func account(_ name: String) async throws(RepositoryError) -> AccountRecord?
    func importRun(_ id: ImportID) async throws(RepositoryError) -> ImportRun?
    func key(_ publicKey: PublicKeyDigest) async throws(RepositoryError) -> SealedKey?
    func memory(account: String, name: String) async throws(RepositoryError) -> MemoryRecord?
    func tombstone(account: String, reference: OrderReference) async throws(RepositoryError) -> Tombstone?
    func catalogEntry(account: String, kind: CatalogKind, id: String) async throws(RepositoryError) -> CatalogEntry?
    func deployment(_ id: DeploymentID) async throws(RepositoryError) -> DeploymentRecord?
    func deployment(target: String, managed: ManagedCertificateID) async throws(RepositoryError) -> DeploymentRecord?
    func channel(_ name: String) async throws(RepositoryError) -> ChannelRecord?
    func work(_ subject: Subject, task: String) async throws(RepositoryError) -> WorkItem?
}

/// Pages of records, and counts that are kept rather than counted.
public protocol RecordListing: Sendable {
    func accounts() async throws(RepositoryError) -> [AccountRecord]
    func orders(_ query: OrderQuery) async throws(RepositoryError) -> Page<Order>
    func certificates(_ query: CertificateQuery) async throws(RepositoryError) -> Page<IssuedCertificate>
    func catalog(_ query: CatalogQuery) async throws(RepositoryError) -> Page<CatalogEntry>
    /// Work in the order of its dates.
    func work(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<WorkItem>
    /// The work of an account whose subjects are of one kind, the first due first.
    func work(of account: String, kind: String, limit: Int) async throws(RepositoryError) -> [WorkItem]
    /// All that the provider of an account remembers, by name.
    func memories(account: String) async throws(RepositoryError) -> [MemoryRecord]
    /// Unfinished imports of an account, oldest first.
    func unfinishedImports(account: String) async throws(RepositoryError) -> [ImportRun]
    /// Revocations that have failed, oldest first, see ``RevocationRecord/hasFailed``.
    func failedRevocations(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<
        RevocationRecord
    >
    func managed(_ query: ManagedQuery) async throws(RepositoryError) -> Page<ManagedCertificate>
    func decisions(_ query: DecisionQuery) async throws(RepositoryError) -> Page<RenewalDecision>
    func deployments(_ query: DeploymentQuery) async throws(RepositoryError) -> Page<DeploymentRecord>
    /// Everything that needs a person, by its key.
    func alerts() async throws(RepositoryError) -> [AlertRecord]
    /// Orders whose certificates wait for room, those whose certificates end first before the others.
    func waitingForRoom(limit: Int) async throws(RepositoryError) -> [Order]
    func journal(_ query: JournalQuery) async throws(RepositoryError) -> Page<JournalEntry>
    /// The last line that was written, kept apart from the lines: a journal whose end was cut off has another. New lines
    /// go on from it. `nil` before the first.
    func journalEnd() async throws(RepositoryError) -> JournalCheckpoint?
    /// Looks at what holds the journal, beyond its lines. Throws ``RepositoryError/unreadable(_:)`` where an index, or the
    /// form in which a line is stored, is not as it was written.
    func checkJournal() async throws(RepositoryError)
    /// All private keys, sealed.
    func keys(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<SealedKey>
    /// All that is remembered, of every account and of the home, sealed.
    func memories(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<MemoryRecord>
    func counts() async throws(RepositoryError) -> Counts
}
