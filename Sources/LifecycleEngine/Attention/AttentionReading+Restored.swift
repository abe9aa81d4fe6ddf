// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What a home that was put back from a backup has lost, or does not know yet.
extension AttentionReading {
    mutating func readRestored(_ account: AccountRecord) async throws(RepositoryError) {
        guard let restoration = account.restoration else { return }
        if !restoration.isReconciled {
            note(
                Attention(
                    .accountBehind, subject: account.name,
                    what:
                        "account \(account.name) was put back from a backup and not compared with its CA yet: nothing of it is "
                        + "renewed until then",
                    hint: "publicca order import --account \(account.name)", since: restoration.at))
        }
        try await readLostKeys(of: account.name, since: restoration.at)
    }

    /// Orders of the former home that were found at the CA, whose keys went with it. Ids sort by time: those that were
    /// here before are passed over by the index.
    private mutating func readLostKeys(of account: String, since date: Date) async throws(RepositoryError) {
        var query = OrderQuery()
        query.account = account
        query.phases = [.completed]
        query.after = PageCursor(Identifier.first("ord_", at: date))
        query.limit = Self.page
        let page = try await repository.orders(query)
        note(unreadable: page.unreadable, "order")
        var lost: [IssuedCertificate] = []
        for order in page.items where order.isOfFormerLife {
            guard let id = order.certificate, let certificate = try await repository.certificate(id),
                certificate.successor == nil, certificate.isLive(at: now),
                try await repository.key(certificate.facts.publicKey) == nil
            else { continue }
            lost.append(certificate)
        }
        for certificate in lost.prefix(Self.listed) {
            note(
                Attention(
                    .keyLost, subject: certificate.id.rawValue, name: certificate.facts.commonName,
                    what:
                        "\(certificate.id) \(certificate.facts.commonName) was ordered by this home after the backup from "
                        + "which it was put back, and its key is not here",
                    hint: "publicca certificate reissue \(certificate.id) --reason \"key lost\""))
        }
        noteOthers(
            .keyLost, lost.count - Self.listed, isLeast: page.next != nil,
            "certificates that this home ordered have lost their keys",
            hint: "publicca certificate list --account \(account)")
    }
}

extension Order {
    /// Found at the CA under a key of our own: looked for before its first purchase, or imported.
    fileprivate var isOfFormerLife: Bool { isInherited || kind == .imported && !key.rawValue.isEmpty }
}
