// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA

/// A CA as one host reaches it.
struct YearProvider: PublicCAProvider, OrderRenewing, OrderLocating {
    let ca: YearCA
    let life: Lifeline

    var renewing: (any OrderRenewing)? { ca.renews ? self : nil }
    private var inner: MockProvider { ca.ca.provider }

    /// Whatever the host hears or not, what the CA has done is done.
    private func ask<Answer: Sendable>(
        _ call: MockCall, _ act: () async throws(ProviderError) -> Answer
    ) async throws(ProviderError) -> Answer {
        let breath = life.breathe()
        guard breath != .over else { throw Self.gone }
        let isLost = try ca.receive(call)
        let answer = try await act()
        if breath == .last { throw Self.gone }
        if isLost { throw YearCA.lost(call) }
        return answer
    }

    func check() async throws(ProviderError) -> AccountReport {
        try await ask(.check) { () async throws(ProviderError) in try await inner.check() }
    }

    func profiles() async throws(ProviderError) -> [CertificateProfile] {
        try await ask(.profiles) { () async throws(ProviderError) in try await inner.profiles() }
    }

    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference {
        try await ask(.place) { () async throws(ProviderError) in
            let reference = try await inner.place(request)
            ca.accept(request, as: reference)
            return reference
        }
    }

    func renew(_ predecessor: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference {
        try await ask(.renew) { () async throws(ProviderError) in
            let reference = try await inner.renew(predecessor, with: request)
            ca.accept(request, as: reference)
            return reference
        }
    }

    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        try await ask(.order) { () async throws(ProviderError) in
            guard !ca.isUndecided(reference) else { return OrderSnapshot(state: .processing, wording: "pending") }
            return try await inner.order(reference)
        }
    }

    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        try await ask(.certificate) { () async throws(ProviderError) in try await inner.certificate(reference) }
    }

    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        try await ask(.revoke) { () async throws(ProviderError) in try await inner.revoke(request) }
    }

    var settleTime: Duration { inner.settleTime }

    func locate(_ attempt: OrderAttempt) async throws(ProviderError) -> Located {
        try await ask(.locate) { () async throws(ProviderError) in ca.see(try await inner.locate(attempt)) }
    }

    private static let gone = ProviderError(.transient(retryAfter: nil), "this host was lost")
}

/// The accounts as one host opens them.
struct YearAccounts: AccountOpening {
    let cas: [YearCA]
    let life: Lifeline

    func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider {
        guard let ca = cas.first(where: { $0.name == account.name }) else {
            throw LifecycleError(.configuration, "there is no CA for \(account.name)")
        }
        return YearProvider(ca: ca, life: life)
    }
}
