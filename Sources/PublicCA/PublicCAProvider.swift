// SPDX-License-Identifier: Apache-2.0

/// One account at one certificate authority, spoken to in this project's words.
///
/// A provider translates; it never waits, retries, polls, stores or reads the environment. Each call is a bounded number
/// of exchanges with the CA, at most one of them a write, and may be made from any task at any time. What a call returns
/// or throws decides what the engine does next:
///
/// - **Returning** means that the CA answered and the answer is understood. A word that the provider does not know is
///   an answer too: it is returned as `unrecognized`, with the CA's wording kept.
/// - **Throwing** sorts the failure by consequence, see ``ProviderError/Disposition``. A write whose answer was lost,
///   also through cancellation of the task, throws ``ProviderError/Disposition/ambiguous(settle:)``: it may have
///   happened.
///
/// Six calls are required. Everything else a CA may offer is a capability: conform to ``OrderRenewing``,
/// ``OrderReissuing``, ``OrderCancelling``, ``OrderFinalizing``, ``OrderLocating``, ``OrderListing``,
/// ``OrganizationListing`` or ``DomainListing`` in the module that declares the provider, and the accessor below
/// follows. An account whose settings show that it lacks the right may answer `nil` by declaring the accessor itself;
/// what only the CA knows of an account's rights stands in ``AccountReport/restrictions``.
public protocol PublicCAProvider: Sendable {
    /// Asks the CA whether the account's credentials work and what they allow. Changes nothing.
    func check() async throws(ProviderError) -> AccountReport

    /// The products that this account may order now. An empty list is an answer, not a failure.
    func profiles() async throws(ProviderError) -> [CertificateProfile]

    /// Asks for a new order. Returning means that the CA has accepted it and may charge for it.
    ///
    /// The request's key must travel with the order wherever the CA offers a place for it, unchanged.
    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference

    /// Reads where an order stands now.
    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot

    /// Reads a certificate. A missing chain means that the CA no longer hands it out, not that it failed.
    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot

    /// Ends a certificate. Returning means that it is revoked, or will be without further asking.
    ///
    /// The request names the certificate by reference *and* serial number. Where the reference now stands for another
    /// serial, because the CA reissues in place, only the named serial may be revoked.
    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome

    /// Orders that follow a certificate; `nil` where the CA or this account does not offer it. Follows from conforming to ``OrderRenewing``.
    var renewing: (any OrderRenewing)? { get }
    /// More certificates under a paid order; `nil` where the CA or this account does not offer it. Follows from conforming to ``OrderReissuing``.
    var reissuing: (any OrderReissuing)? { get }
    /// Withdrawing orders; `nil` where the CA or this account does not offer it. Follows from conforming to ``OrderCancelling``.
    var cancelling: (any OrderCancelling)? { get }
    /// Handing in the CSR once names are validated; `nil` where the CA or this account does not offer it. Follows from conforming to ``OrderFinalizing``.
    var finalizing: (any OrderFinalizing)? { get }
    /// Looking for an order whose answer was lost; `nil` where the CA or this account does not offer it. Follows from conforming to ``OrderLocating``.
    var locating: (any OrderLocating)? { get }
    /// Listing orders; `nil` where the CA or this account does not offer it. Follows from conforming to ``OrderListing``.
    var orders: (any OrderListing)? { get }
    /// Listing organizations; `nil` where the CA or this account does not offer it. Follows from conforming to ``OrganizationListing``.
    var organizations: (any OrganizationListing)? { get }
    /// Listing domains; `nil` where the CA or this account does not offer it. Follows from conforming to ``DomainListing``.
    var domains: (any DomainListing)? { get }
}
