// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA

/// Orders, and what becomes of them.
extension Scenario {
    static let order = Scenario(
        name: "order", polls: 1, bought: 1, certificates: 1, before: { try await $0.addAccount() },
        wish: { try await $0.order() })

    static let orderWithRequest = Scenario(
        name: "order-csr", hasKeys: false, bought: 1, certificates: 1, before: { try await $0.addAccount() },
        wish: { stage in
            let key = try await Material().makeKey(.ecP256)
            let request = try Material().signingRequest(
                for: [.dnsName(Stage.name)], commonName: Stage.name, key: key)
            try await stage.order { wish in
                wish.keyAlgorithm = nil
                wish.signingRequest = request.der
            }
        })

    /// Asked again without looking: that is what the caller's key is for.
    static let orderWithKey = Scenario(
        name: "order-key", bought: 1, certificates: 1, before: { try await $0.addAccount() },
        wish: { try await $0.order { $0.callerKey = "deploy-7" } })

    /// At a CA whose lookup names every order of the same name.
    static let orderUndecided = Scenario(
        name: "order-undecided", mischief: [.undecidedLookup], bought: 1, certificates: 1,
        before: { try await $0.addAccount() }, wish: { try await $0.order() })

    /// At a CA whose lookup does not see a fresh order.
    static let orderSeenLate = Scenario(
        name: "order-seen-late", mischief: [.lateVisibility], bought: 1, certificates: 1,
        before: { try await $0.addAccount() }, wish: { try await $0.order() })

    /// At a CA that takes the signing request in a second write.
    static let finalize = Scenario(
        name: "finalize", bought: 1, certificates: 1, before: { try await $0.addAccount() },
        wish: { try await $0.order { $0.profile = "Mock Finalizing" } })

    static let cancel = Scenario(
        name: "cancel", bought: 1, certificates: 0,
        before: { stage in
            try await stage.addAccount()
            try await stage.order { $0.profile = "Mock Approval" }
            try await stage.engine.pass()
        },
        wish: { stage in
            for order in try await stage.orders() { _ = try await stage.engine.cancel(order.id, comments: "moved") }
        },
        afterwards: { stage in
            try await stage.orders().filter { $0.phase != .cancelled }.map { "an order is \($0.phase.rawValue)" }
        })

    /// The inventory is full, and a certificate that is paid for waits until another one has gone.
    static let capacity = Scenario(
        name: "capacity", capacity: 1, bought: 2, certificates: 2,
        before: { stage in
            try await stage.issue("old.example.org")
            try await stage.order()
            try await stage.engine.pass()
        },
        wish: { try await $0.revoke("old.example.org") })
}

extension Stage {
    func revoke(_ name: String = Self.name) async throws {
        _ = try await engine.revoke(try await certificate(name).id, reason: .superseded, comments: "moved")
    }
}
