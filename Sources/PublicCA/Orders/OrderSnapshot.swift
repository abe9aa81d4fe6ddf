// SPDX-License-Identifier: Apache-2.0

/// Where an order stands at the CA, at the moment it was read.
public struct OrderSnapshot: Hashable, Sendable, Codable {
    /// Where it stands, in the words that the engine acts upon.
    public var state: OrderState
    /// The CA's own word for it, for people and the journal.
    public var wording: String
    /// When the CA suggests to look again.
    public var checkAfter: Duration?
    /// What somebody has to prove before the CA goes on.
    public var validations: [DomainValidation]
    /// What the order is for, where the CA tells: an import and a lookup need it.
    public var details: OrderDetails?
    /// Our name for it, where the CA hands it back: it binds an order to its record here.
    public var key: OrderKey?

    public init(
        state: OrderState, wording: String, checkAfter: Duration? = nil, validations: [DomainValidation] = [],
        details: OrderDetails? = nil, key: OrderKey? = nil
    ) {
        self.state = state
        self.wording = wording
        self.checkAfter = checkAfter
        self.validations = validations
        self.details = details
        self.key = key
    }
}

/// The states that the engine tells apart. Closed on purpose: it must decide on each.
public enum OrderState: Hashable, Sendable, Codable {
    /// Somebody has to prove control of a domain.
    case awaitingValidation
    /// Somebody at the CA, or at the customer, has to approve.
    case awaitingApproval
    /// The CA is at work, and nobody else has to do anything.
    case processing
    /// The CA waits for the CSR, see ``OrderFinalizing``.
    case readyToFinalize
    /// There is a certificate to collect.
    case issued(CertificateReference)
    /// The CA refused. Final.
    case rejected
    /// The order was withdrawn. Final.
    case cancelled
    /// A word that the provider does not know: neither an error nor an end.
    case unrecognized
}
