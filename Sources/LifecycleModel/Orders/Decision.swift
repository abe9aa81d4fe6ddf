// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What follows from an event.
public struct Decision: Hashable, Sendable {
    /// The next question, if any follows by itself.
    public var next: OrderStep?
    public var due: Date?
    /// One sentence for the journal.
    public var note: String
    /// The CA refuses the whole account: why nothing more may be asked of it.
    public var pausesAccount: String?

    static func rest(_ note: String) -> Decision { Decision(next: nil, due: nil, note: note) }

    static func next(_ step: OrderStep, at due: Date, _ note: String) -> Decision {
        Decision(next: step, due: due, note: note)
    }

    /// The same step, when a person has mended the account.
    static func pause(_ step: OrderStep, at now: Date, _ reason: String) -> Decision {
        Decision(next: step, due: now, note: reason, pausesAccount: reason)
    }
}

/// A record was asked for something that its phase does not allow.
public struct InvalidTransition: Error, Hashable, Sendable, CustomStringConvertible {
    public var phase: String
    public var wish: String

    /// Wishes of people are said in their words; all others only stand in logs.
    public var description: String {
        switch wish {
        case "cancelWished": "an order that is \(phase) cannot be withdrawn"
        case "resolved": "an order that is \(phase) is not stuck, so there is nothing to decide"
        default: "\(wish) is not possible while it is \(phase)"
        }
    }
}

extension Date {
    func advanced(by duration: Duration) -> Date {
        let (seconds, attoseconds) = duration.components
        return addingTimeInterval(Double(seconds) + Double(attoseconds) * 1e-18)
    }
}
