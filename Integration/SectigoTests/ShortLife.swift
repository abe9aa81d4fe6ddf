// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA
import Testing

/// A certificate's life in calls to the provider, each with what it has to answer.
struct ShortLife {
    let account: SimulatedAccount
    let provider: any PublicCAProvider
    private let material = Material()

    init(account: SimulatedAccount, provider: any PublicCAProvider) {
        (self.account, self.provider) = (account, provider)
    }

    func isRefused() async throws {
        let unknown = await #expect(throws: ProviderError.self) {
            try await provider.certificate(SimulatedAccount.unknownCertificate)
        }
        #expect(unknown?.disposition == .notFound || unknown?.disposition == .rejected)
        let request = try await account.request("999")
        let refused = await #expect(throws: ProviderError.self) { try await provider.place(request) }
        #expect(refused?.disposition == .rejected)
    }

    func run(names: [String]) async throws {
        let request = try await account.request("501", names: names)
        let order = try await provider.place(request)
        try account.pass(.seconds(10))
        #expect(try await locate(request, .new) == .found(order))
        #expect(try await isListed(order))
        let first = try await collected(order, request)

        var other = try await account.request("501")
        (other.commonName, other.alternativeNames) = (request.commonName, request.alternativeNames)
        other.signingRequest = try await signingRequest(for: request)
        other.reason = "new key"
        #expect(try await provider.reissuing?.reissue(former(order, first), with: other) == order)
        #expect(try await mayBe(order, other, .reissue, former(order, first)))
        let second = try await collected(order, other)

        var next = other
        next.key = OrderKey(request.key.rawValue + "2")
        next.signingRequest = try await signingRequest(for: request)
        let renewal = try #require(try await provider.renewing?.renew(former(order, second), with: next))
        #expect(renewal != order)
        try account.pass(.seconds(10))
        #expect(try await mayBe(renewal, next, .renewal, former(order, second)))
        // A server that copied the comments has two with this key now.
        #expect(try await locate(request, .new) == .found(order))
        _ = try await collected(renewal, next)

        #expect(try await revoke(order, first) == .revoked)
        #expect(try await provider.order(order).state == .issued(CertificateReference(order.rawValue)))
        #expect(try await revoke(order, second) == .revoked)
        try await isOver(order, second)
        #expect(try await provider.order(renewal).state == .issued(CertificateReference(renewal.rawValue)))
    }

    private func signingRequest(for request: OrderRequest) async throws -> CertificateSigningRequest {
        try material.signingRequest(
            for: request.alternativeNames, commonName: request.commonName, key: try await material.makeKey(.ecP256))
    }

    private func former(_ order: OrderReference, _ facts: CertificateFacts) -> Predecessor {
        Predecessor(
            order: order, certificate: CertificateReference(order.rawValue), serialNumber: facts.serialNumber,
            leaf: CertificateChain(certificates: []))
    }

    /// The certificate for the request's key, once it is there.
    private func collected(_ order: OrderReference, _ request: OrderRequest) async throws -> CertificateFacts {
        let key = try material.facts(of: request.signingRequest).publicKey
        for _ in 0..<6 {
            if let facts = try await shown(order), facts.publicKey == key {
                #expect(Set(facts.alternativeNames).isSuperset(of: request.alternativeNames))
                #expect(try await provider.order(order).state == .issued(CertificateReference(order.rawValue)))
                return facts
            }
            try account.pass(.seconds(900))
        }
        throw MaterialError("the certificate does not come")
    }

    private func shown(_ order: OrderReference) async throws -> CertificateFacts? {
        let shown: CertificateSnapshot
        do throws(ProviderError) {
            shown = try await provider.certificate(CertificateReference(order.rawValue))
        } catch {
            guard case .transient = error.disposition else { throw error }
            return nil
        }
        let chain = try material.arrange(try #require(shown.chain), leaf: nil)
        #expect(chain.certificates.count >= 3)
        return try material.facts(of: chain.certificates[0])
    }

    private func locate(
        _ request: OrderRequest, _ kind: OrderKind, _ predecessor: Predecessor? = nil
    ) async throws -> Located? {
        let attempt = OrderAttempt(
            request: request, kind: kind, predecessor: predecessor, notBefore: account.now.addingTimeInterval(-60))
        return try await provider.locating?.locate(attempt)
    }

    /// What carries no key of ours is found, or told as what it may be.
    private func mayBe(
        _ order: OrderReference, _ request: OrderRequest, _ kind: OrderKind, _ former: Predecessor
    ) async throws -> Bool {
        let located = try await locate(request, kind, former)
        return located == .found(order) || located == .undecided([order])
    }

    private func isListed(_ order: OrderReference) async throws -> Bool {
        var cursor: PageCursor?
        repeat {
            guard let page = try await provider.orders?.listOrders(in: [], after: cursor) else { return false }
            if page.items.contains(where: { $0.order == order && $0.version.hasPrefix("Issued|") }) { return true }
            cursor = page.next
        } while cursor != nil
        return false
    }

    private func revoke(_ order: OrderReference, _ facts: CertificateFacts) async throws -> RevocationOutcome {
        try await provider.revoke(
            RevocationRequest(
                certificate: CertificateReference(order.rawValue), serialNumber: facts.serialNumber,
                reason: .superseded, comments: "moved"))
    }

    private func isOver(_ order: OrderReference, _ facts: CertificateFacts) async throws {
        let over = try await provider.certificate(CertificateReference(order.rawValue))
        #expect(over.serialNumber == facts.serialNumber)
        guard case .revoked(let revocation) = over.state else {
            Issue.record("\(over.wording)")
            return
        }
        #expect(revocation.reason == .superseded && revocation.at != nil)
    }
}
