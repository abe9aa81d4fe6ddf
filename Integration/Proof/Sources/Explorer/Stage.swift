// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA

/// What a person at one host sees and does, knowing certificates by their names.
struct Stage: Sendable {
    let life: Life
    let host: Host

    static let name = "www.example.org"
    var engine: LifecycleEngine { host.engine }
    var account: String { Surroundings.account }

    func addAccount() async throws {
        let settings = ["settle-time": "\(Surroundings.settle.components.seconds)"]
        _ = try await engine.ensureAccount(account, provider: "mock", settings: settings)
    }

    /// Looks whether it is ordered already: without a key of the caller's own, whoever asks twice gets two.
    func order(_ name: String = Self.name, _ edit: (inout OrderWish) -> Void = { _ in }) async throws {
        var wish = OrderWish(account: account, profile: "Mock DV", commonName: name)
        wish.keyAlgorithm = .ecP256
        wish.term = 47
        edit(&wish)
        guard try await orders(name).isEmpty || wish.callerKey != nil else { return }
        _ = try await engine.order(wish)
    }

    func orders(_ name: String = Self.name) async throws -> [Order] {
        var query = OrderQuery()
        query.name = NamePattern(name)
        return try await engine.repository.orders(query).items
    }

    /// The oldest of that name.
    func certificate(_ name: String = Self.name) async throws -> IssuedCertificate {
        var query = CertificateQuery()
        query.name = NamePattern(name)
        guard let first = try await engine.repository.certificates(query).items.first else {
            throw LifecycleError(.notFound, "there is no certificate for \(name)")
        }
        return first
    }

    /// Lets this host do what follows.
    func rest() async throws { try await life.rest { _ in [host] } }

    /// Has a certificate that was ordered and issued.
    func issue(_ name: String = Self.name) async throws {
        try await addAccount()
        try await order(name)
        try await rest()
    }
}
