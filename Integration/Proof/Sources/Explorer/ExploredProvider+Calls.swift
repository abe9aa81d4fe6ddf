// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA

/// Each call of the contract goes by the gate.
extension ExploredProvider: PublicCAProvider {
    func check() async throws(ProviderError) -> AccountReport {
        try await ask(.check) { [inner] () async throws(ProviderError) in try await inner.check() }
    }

    func profiles() async throws(ProviderError) -> [CertificateProfile] {
        try await ask(.profiles) { [inner] () async throws(ProviderError) in try await inner.profiles() }
    }

    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference {
        await ledger.examine(request)
        return try await ask(.place) { [inner] () async throws(ProviderError) in try await inner.place(request) }
    }

    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        try await ask(.order) { [inner] () async throws(ProviderError) in try await inner.order(reference) }
    }

    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        try await ask(.certificate) { [inner] () async throws(ProviderError) in try await inner.certificate(reference) }
    }

    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        try await ask(.revoke) { [inner] () async throws(ProviderError) in try await inner.revoke(request) }
    }
}

extension ExploredProvider: OrderRenewing, OrderReissuing, OrderCancelling, OrderFinalizing {
    func renew(_ predecessor: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference {
        await ledger.examine(request)
        return try await ask(.renew) { [inner] () async throws(ProviderError) in
            try await inner.renew(predecessor, with: request)
        }
    }

    var predecessor: PredecessorFate { inner.predecessor }

    func reissue(_ predecessor: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference {
        await ledger.examine(request)
        return try await ask(.reissue) { [inner] () async throws(ProviderError) in
            try await inner.reissue(predecessor, with: request)
        }
    }

    func cancel(_ order: OrderReference, comments: String) async throws(ProviderError) -> CancellationOutcome {
        try await ask(.cancel) { [inner] () async throws(ProviderError) in
            try await inner.cancel(order, comments: comments)
        }
    }

    func finalize(_ order: OrderReference, with request: CertificateSigningRequest) async throws(ProviderError) {
        try await ask(.finalize) { [inner] () async throws(ProviderError) in
            try await inner.finalize(order, with: request)
        }
    }
}

extension ExploredProvider: OrderLocating, OrderListing, OrganizationListing, DomainListing {
    /// `nil` at a CA that cannot be asked.
    var locating: (any OrderLocating)? { surroundings.locates ? self : nil }
    var settleTime: Duration { inner.settleTime }

    func locate(_ attempt: OrderAttempt) async throws(ProviderError) -> Located {
        try await ask(.locate) { [inner] () async throws(ProviderError) in try await inner.locate(attempt) }
    }

    var listedStates: [String] { inner.listedStates }

    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow> {
        try await ask(.listOrders) { [inner] () async throws(ProviderError) in
            try await inner.listOrders(in: states, after: cursor)
        }
    }

    func orderWithCertificate(_ reference: OrderReference) async throws(ProviderError) -> OrderWithCertificate? {
        try await ask(.orderWithCertificate) { [inner] () async throws(ProviderError) in
            try await inner.orderWithCertificate(reference)
        }
    }

    func listOrganizations(after cursor: PageCursor?) async throws(ProviderError) -> Page<Organization> {
        try await ask(.listOrganizations) { [inner] () async throws(ProviderError) in
            try await inner.listOrganizations(after: cursor)
        }
    }

    func listDomains(after cursor: PageCursor?) async throws(ProviderError) -> Page<RegisteredDomain> {
        try await ask(.listDomains) { [inner] () async throws(ProviderError) in
            try await inner.listDomains(after: cursor)
        }
    }
}
