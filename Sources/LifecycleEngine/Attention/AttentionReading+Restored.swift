// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What a home that was put back from a backup has lost, or does not know yet.
extension AttentionReading {
    mutating func readRestored(_ account: AccountRecord) async throws(RepositoryError) {
        guard let restoration = account.restoration else { return }
        if !restoration.isReconciled { noteBehind(account, restoration) }
        // Whatever was bought in between is found in the days after.
        guard now < restoration.at.addingTimeInterval(30 * 86400) else { return }
        let (lost, isLeast) = try await lostKeys(of: account.name, restoration)
        for certificate in lost.prefix(Self.listed) {
            note(
                Attention(
                    .keyLost, subject: certificate.id.rawValue, name: certificate.facts.commonName,
                    what:
                        "\(certificate.id) \(certificate.facts.commonName) was found at the CA since the home was put back "
                        + "from a backup, was ordered here or takes the place of one that was, and its key is not here",
                    hint: "publicca certificate reissue \(certificate.id) --reason \"key lost\""))
        }
        noteOthers(
            .keyLost, lost.count - Self.listed, isLeast: isLeast,
            "certificates that were found since the home was put back have no key here",
            hint: "publicca certificate list --account \(account.name)")
    }

    private mutating func noteBehind(_ account: AccountRecord, _ restoration: Restoration) {
        let importing = "publicca order import --account \(account.name)"
        let resuming = "when nothing is missing: publicca account resume \(account.name)"
        let why =
            restoration.obstacle.map { "was compared with its CA in part: \($0)" } ?? "was not compared with its CA yet"
        note(
            Attention(
                .accountBehind, subject: account.name,
                what:
                    "account \(account.name) was put back from a backup and \(why); nothing of it is renewed until then",
                hint: restoration.obstacle == nil ? importing : "\(importing), or, \(resuming)", since: restoration.at))
    }

    /// Certificates whose keys went with the former home. Ids sort by time: those that were here before are passed over by
    /// the index. Returns whether there may be more of them.
    private mutating func lostKeys(
        of account: String, _ restoration: Restoration
    ) async throws(RepositoryError) -> ([IssuedCertificate], isLeast: Bool) {
        var query = CertificateQuery()
        query.account = account
        query.statuses = [.valid]
        query.withoutSuccessor = true
        query.after = PageCursor(Identifier.first("crt_", at: restoration.at))
        query.limit = 500
        var lost: [IssuedCertificate] = []
        for _ in 0..<10 {
            let page = try await repository.certificates(query)
            note(unreadable: page.unreadable, "certificate")
            for certificate in page.items where certificate.isLive(at: now) {
                guard try await repository.key(certificate.facts.publicKey) == nil,
                    try await isOfFormerLife(certificate, restoration)
                else { continue }
                lost.append(certificate)
            }
            guard let next = page.next else { return (lost, false) }
            query.after = next
        }
        return (lost, true)
    }

    /// Ordered by the former home, as far as its own key of the order tells, or in the place of one whose key is here.
    private func isOfFormerLife(
        _ certificate: IssuedCertificate, _ restoration: Restoration
    ) async throws(RepositoryError) -> Bool {
        if let order = try await repository.order(certificate.order) {
            if order.isInherited { return true }
            let isSince = (order.placedAt ?? order.createdAt) > restoration.knownUntil
            if order.kind == .imported, !order.key.rawValue.isEmpty, isSince { return true }
        }
        var query = CertificateQuery()
        query.account = certificate.account
        query.name = NamePattern(exactly: certificate.facts.commonName)
        let names = Set(certificate.facts.alternativeNames)
        for other in try await repository.certificates(query).items where other.createdAt < restoration.at {
            guard names.isSuperset(of: other.facts.alternativeNames) else { continue }
            if try await repository.key(other.facts.publicKey) != nil { return true }
        }
        return false
    }
}
