// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// Everything that one decision changes: written together or not at all.
///
/// Applied in the order lease, retired keys, deletes, puts, work, journal, pruning, and each list from first to last: a value that has to be
/// unique passes from one record to another when the one that gives it up comes first.
public struct ChangeSet: Hashable, Sendable {
    /// Records as they shall be, each with the revision that was read; 0 for a new one. The repository adds one.
    public var puts: [StoredRecord] = []
    /// Records to drop, each with the revision that was read.
    public var deletes: [StoredRecord] = []
    public var work: [WorkChange] = []
    public var journal: [JournalEntry] = []
    /// Drops all lines of the journal up to this one. The newest line stays whatever is asked, so that numbers and hashes
    /// go on from it.
    public var prunesJournalThrough: Int?
    /// Master keys with which nothing is sealed any more, by their identifiers, see ``SealedForm``. From this commit on
    /// no commit may put anything that was sealed with them and is not there already, so that none is left behind when they
    /// are dropped.
    public var retiredKeys: Set<String> = []
    /// The item under whose lease this was decided; its fence must still be the newest.
    public var claimed: WorkItem?

    public init() {}
}

/// Any record.
public enum StoredRecord: Hashable, Sendable {
    case order(Order)
    case certificate(IssuedCertificate)
    case managed(ManagedCertificate)
    case revocation(RevocationRecord)
    case account(AccountRecord)
    case catalog(CatalogEntry)
    case importRun(ImportRun)
    case key(SealedKey)
    case memory(MemoryRecord)
    case tombstone(Tombstone)
    case decision(RenewalDecision)
    case deployment(DeploymentRecord)
    case channel(ChannelRecord)
    case alert(AlertRecord)
}

/// A change to the queue.
public enum WorkChange: Hashable, Sendable {
    /// Adds the item, or replaces the one of the same subject and task. Its lease becomes what the item says. The fence
    /// never goes back; without a lease it moves on, so that whoever is at the old item can no longer commit.
    case put(WorkItem)
    case remove(Subject, task: String)
    /// Makes an existing item due at this date if it is due later; without effect when there is none.
    case hasten(Subject, task: String, to: Date)
}

/// A wish for work.
public struct WorkClaim: Hashable, Sendable {
    public var worker: String
    public var limit: Int
    /// How long the lease lives, by the repository's clock.
    public var length: Duration
    /// Only work due by this date, by the engine's clock.
    public var dueBy: Date
    /// Only work of this subject.
    public var subject: Subject?

    public init(worker: String, limit: Int, length: Duration, dueBy: Date, subject: Subject? = nil) {
        self.worker = worker
        self.limit = limit
        self.length = length
        self.dueBy = dueBy
        self.subject = subject
    }
}
