// SPDX-License-Identifier: Apache-2.0

/// The numbers that an order's decisions depend on.
public struct OrderPolicy: Hashable, Sendable {
    public var retry: RetrySchedule
    /// How long a fresh order may be missing from a lookup or a read.
    public var settle: Duration
    /// How long a write may take, counted from its intent.
    public var writeDeadline: Duration
    /// How many times a purchase may be sent before a person is asked.
    public var attempts: Int

    public init(
        retry: RetrySchedule = .standard, settle: Duration = .seconds(60), writeDeadline: Duration = .seconds(60),
        attempts: Int = 3
    ) {
        self.retry = retry
        self.settle = settle
        self.writeDeadline = writeDeadline
        self.attempts = attempts
    }

    /// How long a CA may still act on a write that we stopped waiting for: clients have waited so long for an
    /// enrolment at Sectigo, and been served.
    public static let abandonedWrite: Duration = .minutes(15)
}
