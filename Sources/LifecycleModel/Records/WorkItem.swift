// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// The next step of a subject and when it is due. At most one for each subject and task: that is the queue, the
/// uniqueness and the schedule in one.
public struct WorkItem: Hashable, Sendable, Codable {
    public var subject: Subject
    /// What it is done for: a subject's own life, or one of several duties such as a revocation check.
    public var task: String
    public var account: String
    public var step: String
    public var due: Date
    /// Who is at it. Kept by ``WorkChange/put(_:)`` as it stands here.
    public var lease: Lease?

    public init(
        subject: Subject, task: String = WorkItem.life, account: String, step: String, due: Date, lease: Lease? = nil
    ) {
        self.subject = subject
        self.task = task
        self.account = account
        self.step = step
        self.due = due
        self.lease = lease
    }

    /// The task that moves a subject through its own phases.
    public static let life = "life"
}

/// The right to work on an item until a date, by the repository's clock.
public struct Lease: Hashable, Sendable, Codable {
    public var worker: String
    public var until: Date
    /// Grows with every claim of the item: a late holder is told apart by it.
    public var fence: Int

    public init(worker: String, until: Date, fence: Int) {
        self.worker = worker
        self.until = until
        self.fence = fence
    }
}
