// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// What a check needs to know of the provider under test. Only ``open`` is required: what else is missing makes the
/// checks that need it not applicable, never passed.
public struct ProviderFixture: Sendable {
    /// What kind of order a check wants.
    public enum Course: Hashable, Sendable, CaseIterable {
        /// One that is issued, by itself, within a few readings.
        case issued
        /// One that stays pending.
        case pending
        /// One that waits for its CSR, see `OrderFinalizing`.
        case finalizing
    }

    /// What goes wrong on request.
    public enum Provocation: Hashable, Sendable, CaseIterable {
        /// The next write of any kind is accepted, and its answer lost.
        case lostReply
        /// The next write of any kind is accepted, and answered with an error of the server (5xx).
        case serverError
        /// The next write of any kind is accepted, and answered with a success that nobody can read.
        case unreadableReply
        /// The next order is accepted, and its answer does not come before the task is cancelled.
        case hang
        /// The CA wants fewer calls.
        case rateLimit
        /// The account's credentials are wrong; the wrong secret is the canary, where there is one.
        case wrongCredentials
        /// The next order that is read is in a state that nobody has heard of.
        case unknownWord
    }

    /// Opens the account, each time anew, always at the same CA.
    public var open: @Sendable () async throws -> any PublicCAProvider
    /// A request that was never sent, with a key of its own and a CSR that is signed by it. Without it nothing is
    /// ordered; returns `nil` where the CA has no such kind.
    public var request: (@Sendable (Course) async throws -> OrderRequest?)?
    /// An account at the same CA where this is about to happen; `nil` where it cannot be brought about.
    let provoke: @Sendable (Provocation) async throws -> (any PublicCAProvider)?
    /// Lets time pass: a test moves its clock, a check against a real CA sleeps.
    let pass: @Sendable (Duration) async -> Void
    /// Now, by the date that the provider was given.
    let now: @Sendable () -> Date
    /// How often anything is read before it counts as never coming.
    let polls: Int
    /// A secret of the account, which must appear nowhere.
    let canary: String?
    /// References as the CA writes them, of things that it does not have.
    let unknownOrder: OrderReference
    let unknownCertificate: CertificateReference

    /// - Parameters:
    ///   - open: opens the account, see ``open``.
    ///   - request: makes something to order, see ``request``.
    ///   - provoke: an account at the same CA where this is about to happen; `nil` where it cannot be brought about.
    ///   - pass: lets time pass: a test moves its clock, a check against a real CA sleeps.
    ///   - now: the date that the provider was given.
    ///   - polls: how often anything is read, such as an order that is not issued yet, before it counts as never coming.
    ///   - canary: a secret of the account, which must appear nowhere.
    ///   - unknownOrder: a reference as the CA writes them, of an order that it does not have.
    ///   - unknownCertificate: the same of a certificate.
    public init(
        open: @escaping @Sendable () async throws -> any PublicCAProvider,
        request: (@Sendable (Course) async throws -> OrderRequest?)? = nil,
        provoke: @escaping @Sendable (Provocation) async throws -> (any PublicCAProvider)? = { _ in nil },
        pass: @escaping @Sendable (Duration) async -> Void = { _ in },
        now: @escaping @Sendable () -> Date = { Date() }, polls: Int = 20, canary: String? = nil,
        unknownOrder: OrderReference = OrderReference("999999999999"),
        unknownCertificate: CertificateReference = CertificateReference("999999999999")
    ) {
        self.open = open
        self.request = request
        self.provoke = provoke
        self.pass = pass
        self.now = now
        self.polls = polls
        self.canary = canary
        self.unknownOrder = unknownOrder
        self.unknownCertificate = unknownCertificate
    }
}
