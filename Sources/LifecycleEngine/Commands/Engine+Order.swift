// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Puts the wish for a new certificate on record, with its key, and asks no CA yet.
    ///
    /// Repeatable by the caller's key: the first order comes back, and nothing is written. Throws `badInput` with
    /// everything that is wrong, and has then changed nothing.
    public func order(_ wish: OrderWish) async throws(LifecycleError) -> Order {
        let account = try await account(named: wish.account)
        if let first = try await earlier(wish.callerKey, in: account.name) {
            let name = try await commanded { try material.name(wish.commonName).text }
            guard first.kind == .new, name == first.details.commonName else {
                throw LifecycleError(
                    .badInput,
                    "order key \"\(wish.callerKey ?? "")\" is \(first.id)'s, for \(first.details.commonName)",
                    hint: "choose another --order-key")
            }
            return first
        }
        let draft = try await draft(wish)
        return try await commanded {
            var order = Order(
                id: OrderID(newID("ord_")), account: account.name, provider: account.provider, kind: .new,
                managed: ManagedCertificateID(newID("mgd_")), details: draft.details, key: OrderKey(""),
                createdAt: time.now())
            order.signingRequest = draft.signingRequest
            let managed = try managed(for: order, keystore: wish.keystore)
            return try await write(&order, callerKey: wish.callerKey, account, beside: [.managed(managed)])
        }
    }

    /// The order that this caller's key made before.
    func earlier(_ callerKey: String?, in account: String) async throws(LifecycleError) -> Order? {
        guard let callerKey else { return nil }
        guard !callerKey.isEmpty, callerKey.count <= 200 else {
            throw LifecycleError(.badInput, "an order key has 1 to 200 characters")
        }
        return try await commanded { try await repository.order(account: account, callerKey: callerKey) }
    }

    private func managed(for order: Order, keystore: KeystoreWish?) throws(MaterialError) -> ManagedCertificate {
        var managed = ManagedCertificate(id: order.managed, account: order.account, createdAt: order.createdAt)
        managed.keystore = try keystore.map { (wish) throws(MaterialError) in try seal(wish, for: order.managed) }
        return managed
    }

    /// The choice as it is kept: the password only sealed.
    func seal(_ wish: KeystoreWish, for managed: ManagedCertificateID) throws(MaterialError) -> KeystoreChoice {
        let sealed = try wish.password?.reveal { (text) throws(MaterialError) in
            try sealing.seal(Data(text.utf8), for: SealedFor.keystore(of: managed))
        }
        return KeystoreChoice(format: wish.format, sealedPassword: sealed)
    }

    /// Writes a drafted order with its key and its first step, all at once. The key is on record before anything is
    /// sent for it.
    func write(
        _ order: inout Order, callerKey: String?, _ account: AccountRecord, beside records: [StoredRecord]
    ) async throws -> Order {
        var changes = ChangeSet()
        changes.puts = records
        order.callerKey = callerKey
        order.key = orderKey(callerKey, order.id, account.name)
        if callerKey != nil, let ended = account.restoration?.at {
            order.awaitFormerLife(
                endedAt: ended, at: time.now(), by: time.uptime(), policy: try policy(for: account))
        }
        if let given = order.signingRequest {
            order.publicKey = try material.facts(of: given).publicKey
        } else {
            let key = try await material.makeKey(order.details.keyAlgorithm ?? .rsa2048)
            order.signingRequest = try material.signingRequest(
                for: order.details.alternativeNames, commonName: order.details.commonName, key: key)
            order.publicKey = key.publicKey
            changes.puts.append(.key(try sealed(key)))
        }
        changes.puts.append(.order(order))
        // A caller's key may have bought it in a former life of this home: look before the first purchase.
        let first: OrderStep = callerKey == nil ? .submit : .locate
        changes.work = [.put(orderWork(order, first, at: time.now()))]
        changes.journal = [
            journal(
                .order(order.id), name: order.details.commonName, "drafted",
                "\(order.kind.rawValue) at \(account.name), key \(order.details.keyAlgorithm?.rawValue ?? "elsewhere")")
        ]
        do throws(RepositoryError) {
            try await repository.commit(changes)
        } catch {
            // Somebody was faster with the same wish: theirs is the order.
            guard case .conflict = error, let first = try await rival(of: order) else { throw error }
            return first
        }
        order.revision = 1
        return order
    }

    private func rival(of order: Order) async throws(RepositoryError) -> Order? {
        if let key = order.callerKey,
            let first = try await repository.order(account: order.account, callerKey: key)
        {
            return first
        }
        guard let predecessor = order.predecessor else { return nil }
        return try await repository.unfinishedSuccessor(of: predecessor)
    }

    func sealed(_ key: PrivateKey) throws(MaterialError) -> SealedKey {
        SealedKey(
            publicKey: key.publicKey, algorithm: key.algorithm,
            sealed: try sealing.seal(key.der, for: SealedFor.key(key.publicKey)), createdAt: time.now())
    }

    /// What travels to the CA: from the caller's key where there is one, so that a home restored from an older backup
    /// derives the same.
    private func orderKey(_ callerKey: String?, _ id: OrderID, _ account: String) -> OrderKey {
        guard let callerKey else { return OrderKey("pca-\(id.rawValue.dropFirst(4))") }
        return OrderKey("pca-" + digest(Data("\(account)\n\(callerKey)".utf8)).prefix(32))
    }
}
