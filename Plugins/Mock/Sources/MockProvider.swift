// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import PublicCA

/// An account at the mock CA.
///
/// Get one from ``MockCA`` in a test, or from the plugin ``PublicCA/ProviderPlugin/mock``. It keeps every promise of the
/// contract until it is told to play ``Mischief``.
public struct MockProvider: PublicCAProvider {
    let books: MockBooks
    let now: @Sendable () -> Date
    let script: @Sendable () -> MockScript
    let count: @Sendable (MockCall) -> Void

    public func check() async throws(ProviderError) -> AccountReport {
        let script = try await begin(.check)
        try await books.rearm(script)
        let plan = script.mischief.text
        return AccountReport(
            roles: ["order", "approve", "revoke"], warnings: plan.isEmpty ? [] : ["this CA plays mischief: \(plan)"])
    }

    public func profiles() async throws(ProviderError) -> [CertificateProfile] {
        _ = try await begin(.profiles)
        return MockProfile.allCases.map(\.description)
    }

    public func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference {
        try await order(.place) { script throws(ProviderError) in
            try await accept(request, kind: .new, predecessor: nil, script: script).reference
        }
    }

    public func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        let script = try await begin(.order)
        let order = try await read(try await number(reference.rawValue), script: script)
        if try await books.happens(.unknownWords, by: script) {
            return OrderSnapshot(
                state: .unrecognized, wording: "under the seventh moon", checkAfter: .seconds(1),
                details: order.snapshot.details, key: order.snapshot.key)
        }
        return order.snapshot
    }

    public func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        let script = try await begin(.certificate)
        let authority = try await books.authority(at: now())
        guard let order = try await books.order(named: reference.rawValue), order.certificateReference == reference,
            let snapshot = order.certificate(at: now(), authority: authority, script: script)
        else { throw MockBooks.unknown }
        return snapshot
    }

    public func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        let script = try await begin(.revoke)
        guard RevocationReason.requestable.contains(request.reason) else {
            throw ProviderError(.rejected, "\(request.reason.name) is not a subscriber's to give")
        }
        guard let order = try await books.order(named: request.certificate.rawValue),
            order.certificateReference == request.certificate
        else { throw ProviderError(.rejected, "the mock CA knows no certificate \(request.certificate)") }
        let date = now()
        let outcome = try await books.change(order.number) { order throws(ProviderError) in
            try order.revoke(request.serialNumber, for: request.reason, at: date)
        }
        if try await books.happens(.lostRevocation, by: script) { throw Self.lost }
        try answerReaches()
        return outcome
    }
}

/// The calls that an account can receive, for counting.
public enum MockCall: String, CaseIterable, Hashable, Sendable {
    case check, profiles, place, order, certificate, revoke, renew, reissue, cancel, finalize, locate
    case listOrders, listOrganizations, listDomains
}
