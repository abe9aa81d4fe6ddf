// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA

/// What follows a certificate, and its end.
extension Scenario {
    static let renew = Scenario(
        name: "renew", bought: 2, certificates: 2, before: { try await $0.issue() },
        wish: { _ = try await $0.engine.renew(try await $0.certificate().id) })

    static let reissue = Scenario(
        name: "reissue", bought: 2, certificates: 2, before: { try await $0.issue() },
        wish: { try await $0.reissue() })

    /// At a CA where the order keeps its reference, and shows the old certificate for a while.
    static let reissueInPlace = Scenario(
        name: "reissue-in-place", mischief: [.oneID, .lateReissue], bought: 1, certificates: 2,
        before: { try await $0.issue() }, wish: { try await $0.reissue() })

    static let revoke = Scenario(
        name: "revoke", bought: 1, certificates: 1, before: { try await $0.issue() },
        wish: { try await $0.revoke() },
        afterwards: { try await $0.certificate().status == .revoked ? [] : ["the certificate is not revoked"] })

    /// The answer is lost each time, and reading the certificate tells.
    static let revokeUnanswered: Scenario = {
        var scenario = revoke
        scenario.name = "revoke-unanswered"
        scenario.mischief = [.lostRevocation]
        return scenario
    }()

    /// At a CA that takes its time, so that the renewal is looked at while it is under way.
    static let autoRenew = Scenario(
        name: "auto-renew", latency: .seconds(2 * 3600), span: .seconds(47 * 86_400), bought: 2, certificates: 2,
        before: { try await $0.issue() },
        wish: { stage in
            let certificate = try await stage.certificate()
            _ = try await stage.engine.setAutoRenewal(AutoRenewal(isEnabled: true), of: certificate.id)
        })

    /// Decided for the whole account.
    static let autoRenewAccount = Scenario(
        name: "auto-renew-account", bought: 1, certificates: 1, before: { try await $0.issue() },
        wish: { try await $0.engine.setAutoRenewal(AutoRenewal(isEnabled: true), ofAccount: $0.account) },
        afterwards: { try await $0.plannedRenewals() == 1 ? [] : ["no renewal is planned"] })

    static let autoRenewOff = Scenario(
        name: "auto-renew-off", bought: 1, certificates: 1,
        before: { stage in
            try await stage.issue()
            try await stage.engine.setAutoRenewal(AutoRenewal(isEnabled: true), ofAccount: stage.account)
            try await stage.rest()
        },
        wish: { try await $0.engine.setAutoRenewal(AutoRenewal(), ofAccount: $0.account) },
        afterwards: { try await $0.plannedRenewals() == 0 ? [] : ["a renewal is still planned"] })
}

extension Stage {
    fileprivate func reissue() async throws {
        var wish = SuccessorWish()
        wish.names = ["example.org"]
        wish.reason = "second name"
        _ = try await engine.reissue(try await certificate().id, wish)
    }

    fileprivate func plannedRenewals() async throws -> Int {
        try await engine.repository.managed(ManagedQuery()).items.count { $0.renewal != nil }
    }
}
