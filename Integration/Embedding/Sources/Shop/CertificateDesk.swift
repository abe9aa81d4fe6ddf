// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
public import FoundationEssentials
public import LifecycleEngine

/// What a shop asks of certificates for its customers' domains. It does not know which CA it speaks to.
public struct CertificateDesk: Sendable {
    public let engine: LifecycleEngine
    let account: String
    let profile: String

    public init(engine: LifecycleEngine, account: String, profile: String) {
        self.engine = engine
        self.account = account
        self.profile = profile
    }

    /// Orders a certificate. Asked again for the same customer, also after a crash, it returns the first order.
    public func order(_ domain: String, for customer: String) async throws(LifecycleError) -> OrderID {
        var wish = OrderWish(account: account, profile: profile, commonName: domain)
        wish.names = ["www.\(domain)"]
        wish.keyAlgorithm = .ecP256
        wish.callerKey = "customer \(customer)"
        return try await engine.order(wish).id
    }

    /// Where an order is, in a sentence for the customer.
    public func news(of id: OrderID) async throws -> String {
        guard let order = try await engine.repository.order(id) else { return "no such order" }
        switch order.phase {
        case .completed: return "your certificate is there"
        case .rejected, .cancelled: return "the CA refused: \(order.problem ?? order.wording)"
        case .stuck: return "we have to look into it"
        default: return "on its way (\(order.wording))"
        }
    }

    /// Private key and chain in one file, as web servers read it; `nil` before the certificate is there.
    public func delivery(of id: OrderID) async throws -> Data? {
        guard let order = try await engine.repository.order(id), let issued = order.certificate,
            let certificate = try await engine.repository.certificate(issued)
        else { return nil }
        let key = try await engine.privateKey(of: certificate)
        return try Keystore.write(.pem, key: key, chain: certificate.chain, password: nil, alias: "shop")
    }
}
