// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// How far a channel of notifications has got with the journal, and what could not be delivered.
public struct ChannelRecord: Hashable, Sendable, Codable {
    public var name: String
    public var revision: Int
    /// The last line of the journal that this channel is done with.
    public var sequence: Int
    /// The message that is on its way: on record before it is sent, so that it stays the same for each attempt.
    public var pending: PendingNotice?
    /// Messages that a person wants sent again, the oldest first.
    public var again: [Notice]
    /// Messages that were given up, the oldest first.
    public var deadLetters: [DeadLetter]
    /// Messages that were given up and are no longer kept.
    public var lost: Int
    /// Deliveries in a row that failed.
    public var failures: Streak
    public var problem: String?
    /// When a message last arrived.
    public var deliveredAt: Date?
    public var updatedAt: Date

    public init(name: String, sequence: Int, createdAt: Date) {
        self.name = name
        self.revision = 0
        self.sequence = sequence
        self.again = []
        self.deadLetters = []
        self.lost = 0
        self.failures = Streak()
        self.updatedAt = createdAt
    }
}

/// A message that is on its way.
public struct PendingNotice: Hashable, Sendable, Codable {
    public var notice: Notice
    /// The last line of the journal that it tells of; the channel is done with that one when the message is.
    public var through: Int

    public init(_ notice: Notice, through: Int) {
        self.notice = notice
        self.through = through
    }
}

/// A message that was given up.
public struct DeadLetter: Hashable, Sendable, Codable {
    public var notice: Notice
    public var problem: String
    public var at: Date

    public init(notice: Notice, problem: String, at: Date) {
        self.notice = notice
        self.problem = problem
        self.at = at
    }
}

extension ChannelRecord {
    /// Messages that were given up are kept up to this many.
    private static let keptLetters = 20

    /// The message has arrived.
    package mutating func delivered(at now: Date) {
        finish(at: now)
        deliveredAt = now
    }

    /// The message may not have arrived. Returns when to try again; `nil` when it was given up, and the channel goes on
    /// with the next.
    package mutating func failed(_ failure: DeliveryFailure, at now: Date, retry: RetrySchedule) -> Date? {
        updatedAt = now
        let delay = failure.mayPass ? retry.afterDelivery(failures, at: now) : nil
        guard let delay else {
            let letter = pending.map { DeadLetter(notice: $0.notice, problem: failure.description, at: now) }
            finish(at: now)
            deadLetters += letter.map { [$0] } ?? []
            lost += max(0, deadLetters.count - Self.keptLetters)
            deadLetters = deadLetters.suffix(Self.keptLetters)
            return nil
        }
        failures.extend(at: now)
        problem = failure.description
        return now.adding(delay)
    }

    private mutating func finish(at now: Date) {
        sequence = max(sequence, pending?.through ?? 0)
        pending = nil
        failures.end()
        problem = nil
        updatedAt = now
    }
}
