// SPDX-License-Identifier: Apache-2.0

public import LifecycleModel

/// The numbers of one engine.
public struct EngineOptions: Sendable {
    /// Who holds the leases: unique among the processes that share a repository.
    public var worker: String
    /// Steps done at once.
    public var parallel: Int
    /// Orders of one import that are read at once, where the account's requests in flight do not say more or less.
    public var reads: Int
    /// How long an import takes page after page before what else is due gets its turn.
    public var turn: Duration
    /// How long a claim lasts; a write makes it longer where its deadline asks for that.
    public var lease: Duration
    /// How long a read may take.
    public var readDeadline: Duration
    /// How long a write that is under way is still waited for when the engine is asked to stop.
    public var stopGrace: Duration
    /// The same for a read, which can be asked again.
    public var readGrace: Duration
    public var retry: RetrySchedule
    /// The most live certificates kept here; `nil` for no limit.
    public var capacity: Int?
    /// When nobody has said anything else: when certificates are renewed.
    public var renewal: RenewalPolicy
    /// When certificates may be renewed and deployed; empty for always.
    public var windows: [MaintenanceWindow]
    /// When the engine does what nobody asks for, see ``LifecycleEngine/keepSchedules()``.
    public var schedules: DutySchedules
    /// How old lines of the journal may become; `nil` for any age. Only what was exported is ever dropped.
    public var journalAge: Duration?
    /// Who acts, for the journal.
    public var actor: JournalEntry.Actor
    /// Where chance comes from.
    public var random: @Sendable () -> any RandomNumberGenerator & Sendable

    public init(
        worker: String = "engine", parallel: Int = 8, reads: Int = 64, turn: Duration = .seconds(10),
        lease: Duration = .seconds(120),
        readDeadline: Duration = .seconds(60), stopGrace: Duration = .seconds(20), readGrace: Duration = .zero,
        retry: RetrySchedule = .standard,
        capacity: Int? = nil, renewal: RenewalPolicy = RenewalPolicy(), windows: [MaintenanceWindow] = [],
        schedules: DutySchedules = DutySchedules(), journalAge: Duration? = nil,
        actor: JournalEntry.Actor = .run,
        random: @escaping @Sendable () -> any RandomNumberGenerator & Sendable = { SystemRandomNumberGenerator() }
    ) {
        self.worker = worker
        self.parallel = parallel
        self.reads = reads
        self.turn = turn
        self.lease = lease
        self.readDeadline = readDeadline
        self.stopGrace = stopGrace
        self.readGrace = readGrace
        self.retry = retry
        self.capacity = capacity
        self.renewal = renewal
        self.windows = windows
        self.schedules = schedules
        self.journalAge = journalAge
        self.actor = actor
        self.random = random
    }
}
