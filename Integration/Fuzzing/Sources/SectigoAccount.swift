// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import PublicCA
import PublicCATesting
import SectigoProvider

/// An account at a server that answers anything, and every call that can be made of it.
struct SectigoAccount: Sendable {
    let provider: any PublicCAProvider

    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// - Parameter hasKey: whether it logs in by an API key rather than a password.
    init(over server: ScriptedServer, hasKey: Bool) throws {
        let values = hasKey ? ["client-id": "k"] : ["user": "api", "customer-uri": "acme"]
        let secrets = [hasKey ? "client-secret" : "password": Secret(Refusal.canary)]
        provider = try ProviderPlugin.sectigo.open(
            ProviderContext(
                settings: ProviderSettings(values: values, secrets: secrets), transport: server, memory: TestMemory(),
                now: { Self.now }))
    }

    /// - Parameter letter: which call; what is none of the letters reads an order.
    func call(_ letter: UInt8) async throws(ProviderError) {
        switch Character(Unicode.Scalar(letter)) {
        case "c": _ = try await provider.check()
        case "p": _ = try await provider.profiles()
        case "t": _ = try await provider.certificate(CertificateReference("7"))
        case "v": _ = try await provider.revoke(Self.revocation)
        case "n": _ = try await provider.place(Self.request)
        case "l": _ = try await provider.locating?.locate(Self.attempt(.new))
        case "m": _ = try await provider.locating?.locate(Self.attempt(.renewal))
        case "k": _ = try await provider.locating?.locate(Self.attempt(.reissue))
        case "w": _ = try await provider.renewing?.renew(Self.predecessor, with: Self.request)
        case "i": _ = try await provider.reissuing?.reissue(Self.predecessor, with: Self.request)
        case "x": _ = try await provider.cancelling?.cancel(OrderReference("7"), comments: "moved")
        case "b": _ = try await provider.orders?.orderWithCertificate(OrderReference("7"))
        case "s", "e", "g", "d": try await list(letter, from: nil)
        default: _ = try await provider.order(OrderReference("7"))
        }
    }

    /// A list to its end, or until nobody answers.
    func list(_ letter: UInt8, from start: PageCursor?) async throws(ProviderError) {
        var cursor = start
        repeat {
            switch Character(Unicode.Scalar(letter)) {
            case "g": cursor = try await provider.organizations?.listOrganizations(after: cursor).next
            case "d": cursor = try await provider.domains?.listDomains(after: cursor).next
            case "e": cursor = try await provider.orders?.listOrders(in: ["Issued"], after: cursor).next
            default: cursor = try await provider.orders?.listOrders(in: [], after: cursor).next
            }
        } while cursor != nil
    }

    private static let request = OrderRequest(
        key: OrderKey("key-7"), signingRequest: CertificateSigningRequest(der: Data([0x30, 0])),
        commonName: "www.example.org", alternativeNames: [.dnsName("www.example.org"), .dnsName("example.org")],
        profile: ProfileID("7"), organization: OrganizationID("7"), term: 90, comments: "for the shop",
        requesterEmails: ["ops@example.org"], fields: ["cost": "12"], reason: "key")

    private static let predecessor = Predecessor(
        order: OrderReference("7"), certificate: CertificateReference("7"), serialNumber: SerialNumber("0a1b"),
        leaf: CertificateChain(certificates: [Data([0x30, 0])]))

    private static let revocation = RevocationRequest(
        certificate: CertificateReference("7"), serialNumber: SerialNumber("0a1b"), reason: .superseded,
        comments: "moved")

    private static func attempt(_ kind: OrderKind) -> OrderAttempt {
        OrderAttempt(
            request: request, kind: kind, predecessor: kind == .new ? nil : predecessor, notBefore: now)
    }
}
