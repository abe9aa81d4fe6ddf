// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// How far a channel of notifications has got with the journal, and what could not be delivered.
public struct ChannelRecord: Hashable, Sendable, Codable {
    public var name: String
    public var revision: Int
    /// The last line of the journal that this channel is done with.
    public var sequence: Int
    /// Deliveries in a row that failed.
    public var failures: Streak
    public var problem: String?
    public var updatedAt: Date

    public init(name: String, sequence: Int, createdAt: Date) {
        self.name = name
        self.revision = 0
        self.sequence = sequence
        self.failures = Streak()
        self.updatedAt = createdAt
    }
}
