// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What a home that was put back from a backup owes to its former life: the CA may have been asked already for what is
/// wanted here.
extension LifecycleEngine {
    /// Why a certificate is not succeeded by another purchase; `nil` where nothing is in the way.
    func formerLife(
        before certificate: IssuedCertificate, _ kind: OrderKind, _ account: AccountRecord
    ) async throws(RepositoryError) -> LifecycleError? {
        guard let restoration = account.restoration else { return nil }
        let importing = "publicca order import --account \(account.name)"
        guard restoration.isReconciled else {
            return LifecycleError(
                .refused,
                "account \(account.name) was not compared with its CA since the home was put back from a backup: "
                    + "\(certificate.id) may have a successor there already", hint: importing)
        }
        // A reissue is no purchase.
        guard kind != .reissue, certificate.createdAt < restoration.at else { return nil }
        if let other = try await stand(in: certificate), other.createdAt >= restoration.at {
            return LifecycleError(
                .refused,
                "\(other.id), found at the CA since the home was put back from a backup, has the names of \(certificate.id) "
                    + "and is valid longer",
                hint: "take it; for a key of yours: publicca certificate reissue \(other.id)")
        }
        guard let order = try await orderUnderWay(like: certificate, since: restoration.at) else { return nil }
        return LifecycleError(
            .refused,
            "\(order.id), found at the CA since the home was put back from a backup, is under way for the names of "
                + "\(certificate.id)", hint: "see: publicca order show \(order.id)")
    }

    private func orderUnderWay(
        like certificate: IssuedCertificate, since date: Date
    ) async throws(RepositoryError) -> Order? {
        var query = OrderQuery()
        query.account = certificate.account
        query.phases = [.placed, .issued, .awaitingCapacity]
        query.name = NamePattern(certificate.facts.commonName)
        query.limit = 50
        let names = Set(certificate.facts.alternativeNames)
        return try await repository.orders(query).items.first { order in
            order.kind == .imported && order.createdAt >= date && names.isSubset(of: order.details.alternativeNames)
        }
    }

    /// An import of everything has ended: it knows what the former life ordered when it began after that.
    func reconcile(_ page: inout ImportPage, _ record: AccountRecord) {
        let options = page.run.options
        let isWhole = options.states.isEmpty && options.references.isEmpty && !options.withoutCertificates
        guard isWhole, record.isBehind, let restoration = record.restoration, page.run.createdAt >= restoration.at
        else { return }
        var account = record
        account.restoration?.isReconciled = true
        page.changes.puts.append(.account(account))
        page.changes.work.append(.put(replanWork(account.name)))
        page.changes.journal.append(
            journal(.account(account.name), name: nil, "reconciled", "compared with the CA since the home was put back")
        )
    }
}
