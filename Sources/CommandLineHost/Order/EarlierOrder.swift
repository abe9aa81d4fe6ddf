// SPDX-License-Identifier: Apache-2.0

import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// The order that the same order key has made before: it is what a repetition leads to, whatever else is asked for.
struct EarlierOrder {
    let order: Order
    let wish: OrderWish

    /// `nil` where the key is new, or where there is none. Throws `badInput` where it was for another common name.
    static func find(
        _ wish: OrderWish, _ composition: Composition
    ) async throws(LifecycleError) -> EarlierOrder? {
        guard let key = wish.callerKey else { return nil }
        let found = try await reading { () async throws(RepositoryError) in
            try await composition.repository.order(account: wish.account, callerKey: key)
        }
        guard let order = found else { return nil }
        guard Finder.normalized(wish.commonName) == order.details.commonName else {
            throw LifecycleError(
                .badInput, "order key \"\(key)\" is \(order.id)'s, for \(order.details.commonName)",
                hint: "choose another --order-key")
        }
        return EarlierOrder(order: order, wish: wish)
    }

    /// Says what is not looked at, since the first order stays as it is.
    func note(_ session: Session, _ composition: Composition) async {
        let differing = await differences(composition)
        guard !differing.isEmpty else { return }
        session.output.note(
            "order key \"\(wish.callerKey ?? "")\" is \(order.id)'s, which stays as it is; it was ordered with other "
                + "\(differing.joined(separator: ", ")); choose another --order-key for another order")
    }

    /// For a dry run: what the call would return.
    func show(_ session: Session, _ composition: Composition) async throws(LifecycleError) -> ExitStatus {
        await note(session, composition)
        let view = try await OrderView.load(order, composition.repository)
        try session.output.fields(
            view.json.adding("dryRun", .truth(true)),
            [("dry run", "nothing was ordered; this order has the order key already")] + view.fields)
        return .done
    }

    /// What was given, and is not as it was.
    private func differences(_ composition: Composition) async -> [String] {
        let draft: OrderDraft
        do throws(LifecycleError) {
            draft = try await composition.engine.draft(wish)
        } catch {
            return ["contents, and what is given now could not be ordered: \(error.message)"]
        }
        let (now, then) = (draft.details, order.details)
        let compared: [(String, Bool)] = [
            ("profile", now.profile != then.profile),
            ("names", Set(now.alternativeNames) != Set(then.alternativeNames)),
            ("organization", now.organization != then.organization),
            ("term", wish.term != nil && now.term != then.term),
            ("key", wish.keyAlgorithm != nil && now.keyAlgorithm != then.keyAlgorithm),
            ("CSR", wish.signingRequest != nil && draft.signingRequest != order.signingRequest),
            ("comments", now.comments != then.comments),
            ("requester e-mails", now.requesterEmails != then.requesterEmails),
            ("fields", now.fields != then.fields),
        ]
        return compared.filter(\.1).map(\.0)
    }
}
