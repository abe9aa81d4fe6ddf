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
        if let other = try await stand(in: certificate, since: restoration) {
            return LifecycleError(
                .refused,
                "\(other.id), found at the CA since the home was put back from a backup, has the names of "
                    + "\(certificate.id)",
                hint: "take it; for a key of yours: publicca certificate reissue \(other.id)")
        }
        guard let order = try await orderUnderWay(like: certificate, since: restoration.at) else { return nil }
        return LifecycleError(
            .refused,
            "\(order.id), found at the CA since the home was put back from a backup, is under way for the names of "
                + "\(certificate.id)", hint: "see: publicca order show \(order.id)")
    }

    /// A certificate with all the names, found since then, that was issued after the backup or is valid longer: the former
    /// life has replaced this one, even where the CA lets both end on one day.
    private func stand(
        in certificate: IssuedCertificate, since restoration: Restoration
    ) async throws(RepositoryError) -> IssuedCertificate? {
        var query = CertificateQuery()
        query.account = certificate.account
        query.statuses = [.valid]
        query.withoutSuccessor = true
        query.name = NamePattern(exactly: certificate.facts.commonName)
        query.notAfter = time.now()..<Date.distantFuture
        let names = Set(certificate.facts.alternativeNames)
        let isLonger = { (other: IssuedCertificate) in
            other.facts.notAfter >= certificate.facts.notAfter.addingTimeInterval(86400)
        }
        repeat {
            let page = try await repository.certificates(query)
            let found = page.items.first { other in
                other.managed != certificate.managed && other.createdAt >= restoration.at
                    && (restoration.isNews(other.facts) || isLonger(other))
                    && names.isSubset(of: other.facts.alternativeNames)
            }
            if let found { return found }
            query.after = page.next
        } while query.after != nil
        return nil
    }

    private func orderUnderWay(
        like certificate: IssuedCertificate, since date: Date
    ) async throws(RepositoryError) -> Order? {
        var query = OrderQuery()
        query.account = certificate.account
        query.phases = [.placed, .issued, .awaitingCapacity]
        query.name = NamePattern(exactly: certificate.facts.commonName)
        let names = Set(certificate.facts.alternativeNames)
        repeat {
            let page = try await repository.orders(query)
            let found = page.items.first { order in
                order.kind == .imported && order.createdAt >= date
                    && names.isSubset(of: order.details.alternativeNames)
            }
            if let found { return found }
            query.after = page.next
        } while query.after != nil
        return nil
    }
}
