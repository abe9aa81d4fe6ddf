// SPDX-License-Identifier: Apache-2.0

/// The CA lets an order be withdrawn before issuance.
public protocol OrderCancelling: Sendable {
    /// Withdraws an order. A write: a lost answer is `ambiguous`, and the engine then reads the order.
    ///
    /// - Parameters:
    ///   - order: one that is not issued yet; of any other the answer is ``CancellationOutcome/tooLate``.
    ///   - comments: why, for the people at the CA; never empty.
    func cancel(_ order: OrderReference, comments: String) async throws(ProviderError) -> CancellationOutcome
}

/// How the CA took the wish to withdraw an order.
public enum CancellationOutcome: Hashable, Sendable, Codable {
    /// The order is withdrawn.
    case cancelled
    /// The order has gone too far; it goes on as if nothing had been asked.
    case tooLate
}
