// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA
import Synchronization

/// The mock CA with one call replaced: everything else keeps its promises.
struct BrokenProvider: PublicCAProvider {
    var base: MockProvider

    typealias Call<each Argument, Answer> =
        @Sendable (MockProvider, repeat each Argument) async throws(ProviderError)
        -> Answer

    var onCheck: Call<AccountReport> = { (base) throws(ProviderError) in try await base.check() }
    var onProfiles: Call<[CertificateProfile]> = { (base) throws(ProviderError) in try await base.profiles() }
    var onPlace: Call<OrderRequest, OrderReference> = { (base, request) throws(ProviderError) in
        try await base.place(request)
    }
    var onOrder: Call<OrderReference, OrderSnapshot> = { (base, order) throws(ProviderError) in
        try await base.order(order)
    }
    var onCertificate: Call<CertificateReference, CertificateSnapshot> = { (base, reference) throws(ProviderError) in
        try await base.certificate(reference)
    }
    var onRevoke: Call<RevocationRequest, RevocationOutcome> = { (base, request) throws(ProviderError) in
        try await base.revoke(request)
    }
    var onRenew: Call<Predecessor, OrderRequest, OrderReference> = { (base, known, request) throws(ProviderError) in
        try await base.renew(known, with: request)
    }
    var onReissue: Call<Predecessor, OrderRequest, OrderReference> = { (base, known, request) throws(ProviderError) in
        try await base.reissue(known, with: request)
    }
    var fate: PredecessorFate?
    var onCancel: Call<OrderReference, CancellationOutcome> = { (base, order) throws(ProviderError) in
        try await base.cancel(order, comments: "a test")
    }
    var onFinalize: Call<OrderReference, CertificateSigningRequest, Void> = {
        (base, order, request) throws(ProviderError) in try await base.finalize(order, with: request)
    }
    var onLocate: Call<OrderAttempt, Located> = { (base, attempt) throws(ProviderError) in
        try await base.locate(attempt)
    }
    var onListOrders: Call<[String], PageCursor?, Page<OrderRow>> = { (base, states, cursor) throws(ProviderError) in
        try await base.listOrders(in: states, after: cursor)
    }
    var onOrderWithCertificate: Call<OrderReference, OrderWithCertificate?> = { (_, _) throws(ProviderError) in nil }
    var onOrganizations: Call<PageCursor?, Page<Organization>> = { (base, cursor) throws(ProviderError) in
        try await base.listOrganizations(after: cursor)
    }
    var onDomains: Call<PageCursor?, Page<RegisteredDomain>> = { (base, cursor) throws(ProviderError) in
        try await base.listDomains(after: cursor)
    }

    /// Something that is printed with the provider.
    var leak = ""

    init(_ base: MockProvider) { self.base = base }

    func check() async throws(ProviderError) -> AccountReport { try await onCheck(base) }
    func profiles() async throws(ProviderError) -> [CertificateProfile] { try await onProfiles(base) }
    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference {
        try await onPlace(base, request)
    }
    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        try await onOrder(base, reference)
    }
    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        try await onCertificate(base, reference)
    }
    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        try await onRevoke(base, request)
    }
}

extension BrokenProvider: OrderRenewing, OrderReissuing, OrderCancelling, OrderFinalizing, OrderLocating,
    OrderListing, OrganizationListing, DomainListing
{
    var predecessor: PredecessorFate { fate ?? base.predecessor }
    var settleTime: Duration { base.settleTime }
    var listedStates: [String] { base.listedStates }

    func renew(_ known: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference {
        try await onRenew(base, known, request)
    }
    func reissue(_ known: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference {
        try await onReissue(base, known, request)
    }
    func cancel(_ order: OrderReference, comments: String) async throws(ProviderError) -> CancellationOutcome {
        try await onCancel(base, order)
    }
    func finalize(_ order: OrderReference, with request: CertificateSigningRequest) async throws(ProviderError) {
        try await onFinalize(base, order, request)
    }
    func locate(_ attempt: OrderAttempt) async throws(ProviderError) -> Located { try await onLocate(base, attempt) }
    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow> {
        try await onListOrders(base, states, cursor)
    }
    func orderWithCertificate(_ reference: OrderReference) async throws(ProviderError) -> OrderWithCertificate? {
        try await onOrderWithCertificate(base, reference)
    }
    func listOrganizations(after cursor: PageCursor?) async throws(ProviderError) -> Page<Organization> {
        try await onOrganizations(base, cursor)
    }
    func listDomains(after cursor: PageCursor?) async throws(ProviderError) -> Page<RegisteredDomain> {
        try await onDomains(base, cursor)
    }
}

/// What a broken provider has to remember from one call to the next.
final class Recollection<Value: Sendable>: Sendable {
    private let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
    func change<Result: Sendable>(_ edit: (inout sending Value) -> sending Result) -> Result {
        value.withLock { edit(&$0) }
    }
}
