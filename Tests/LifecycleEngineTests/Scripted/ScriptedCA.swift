// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Synchronization

/// A CA that answers what a test tells it to, for answers that no sound CA gives.
final class ScriptedCA: Sendable {
    struct Script: Sendable {
        var place: [Result<OrderReference, ProviderError>] = []
        var locate: [Result<Located, ProviderError>] = []
        var order: @Sendable (OrderReference) -> Result<OrderSnapshot, ProviderError> = { _ in .failure(.none) }
        var certificate: @Sendable (CertificateReference) -> Result<CertificateSnapshot, ProviderError> = { _ in
            .failure(.none)
        }
        var revoke: Result<RevocationOutcome, ProviderError> = .success(.revoked)
        var rows: [OrderRow] = []
        /// Rows of a page where they are not the same on all.
        var page: (@Sendable (PageCursor?) async -> [OrderRow])?
        /// Rows of each page that cannot be understood.
        var unreadable: [UnreadableRow] = []
        /// How many orders the list says there are.
        var total: Int?
        /// Whether an order comes with its certificate.
        var showsBoth = false
        /// Where the list goes on after a page.
        var next: @Sendable (PageCursor?) -> PageCursor? = { _ in nil }
        /// What happens while the CA takes an order, which it does whatever becomes of the caller.
        var whilePlacing: @Sendable () async -> Void = {}
        /// What happens while the CA looks for an order.
        var whileLocating: @Sendable () -> Void = {}
        var settleTime: Duration = .zero
        var canLocate = true
    }

    private let state = Mutex((script: Script(), calls: [String]()))

    var calls: [String] { state.withLock { $0.calls } }
    var script: Script { state.withLock { $0.script } }
    func forgetCalls() { state.withLock { $0.calls = [] } }
    func set(_ change: (inout Script) -> Void) { state.withLock { change(&$0.script) } }

    fileprivate func answer<Answer>(_ call: String, _ take: (inout Script) -> Answer) -> Answer {
        state.withLock {
            $0.calls.append(call)
            return take(&$0.script)
        }
    }
}

extension ProviderError {
    static let none = ProviderError(.notFound, "there is none")
    static let busy = ProviderError(.transient(retryAfter: nil), "503")
    static let lost = ProviderError(.ambiguous(settle: .seconds(1)), "the answer was lost")
    static let refused = ProviderError(.rejected, "not like this")
}

/// The provider of a ``ScriptedCA``.
struct ScriptedProvider: PublicCAProvider, OrderLocating, OrderListing, OrderFinalizing, OrderCancelling {
    let ca: ScriptedCA

    var locating: (any OrderLocating)? { ca.script.canLocate ? self : nil }
    var settleTime: Duration { ca.script.settleTime }
    var listedStates: [String] { [] }

    func check() async throws(ProviderError) -> AccountReport { AccountReport() }

    func profiles() async throws(ProviderError) -> [CertificateProfile] {
        [CertificateProfile(id: ProfileID("dv"), name: "DV", terms: [199])]
    }

    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference {
        let (meanwhile, answer) = ca.answer("place") {
            ($0.whilePlacing, $0.place.isEmpty ? .failure(.lost) : $0.place.removeFirst())
        }
        await meanwhile()
        return try answer.get()
    }

    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        try ca.answer("order") { $0.order }(reference).get()
    }

    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        try ca.answer("certificate") { $0.certificate }(reference).get()
    }

    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        try ca.answer("revoke") { $0.revoke }.get()
    }

    func locate(_ attempt: OrderAttempt) async throws(ProviderError) -> Located {
        let (meanwhile, answer) = ca.answer("locate") {
            ($0.whileLocating, $0.locate.isEmpty ? .success(.absent) : $0.locate.removeFirst())
        }
        meanwhile()
        return try answer.get()
    }

    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow> {
        let script = ca.answer("list") { $0 }
        return Page(
            items: await script.page?(cursor) ?? script.rows, next: script.next(cursor), total: script.total,
            unreadable: script.unreadable)
    }

    func orderWithCertificate(_ reference: OrderReference) async throws(ProviderError) -> OrderWithCertificate? {
        let script = ca.answer("both") { $0 }
        guard script.showsBoth else { return nil }
        let order = try script.order(reference).get()
        guard case .issued(let certificate) = order.state else {
            return OrderWithCertificate(order: order, certificate: nil)
        }
        return OrderWithCertificate(order: order, certificate: script.certificate(certificate))
    }

    func finalize(_ order: OrderReference, with request: CertificateSigningRequest) async throws(ProviderError) {
        ca.answer("finalize") { _ in }
    }

    func cancel(_ order: OrderReference, comments: String) async throws(ProviderError) -> CancellationOutcome {
        ca.answer("cancel") { _ in .cancelled }
    }
}
