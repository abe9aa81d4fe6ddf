// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What a verdict on a certificate is made from.
extension LifecycleEngine {
    func renewalInput(
        of certificate: IssuedCertificate, _ managed: ManagedCertificate, _ choice: AutoRenewal,
        _ account: AccountRecord
    ) async throws(RepositoryError) -> RenewalInput {
        var input = RenewalInput(
            certificate: certificate, autoRenewal: choice, capabilities: account.capabilities,
            hasKey: try await repository.key(certificate.facts.publicKey) != nil,
            isPlanned: managed.renewal?.certificate == certificate.id)
        guard account.capabilities.contains(.reissuing),
            let purchase = try await purchase(of: certificate, &input.reissueLengthensNothing),
            let term = purchase.details.term, let placedAt = purchase.details.placedAt ?? purchase.placedAt
        else { return input }
        input.orderPaidUntil = placedAt.addingTimeInterval(Double(term) * 86400)
        return input
    }

    func isAutoRenewed(_ certificate: IssuedCertificate) async throws(RepositoryError) -> Bool {
        let account = try await repository.account(certificate.account)
        return try await repository.managed(certificate.managed)?.autoRenewal(under: account).isEnabled ?? false
    }

    /// Whether an order of ours that was to succeed it was at the CA, and has ended there without a certificate.
    func hasEndedSuccessor(_ certificate: IssuedCertificate) async throws(RepositoryError) -> Bool {
        var query = OrderQuery()
        query.managed = certificate.managed
        query.phases = [.rejected, .cancelled]
        return try await repository.orders(query).items.contains {
            $0.predecessor == certificate.id && $0.reference != nil
        }
    }

    /// The order that was paid for, from which reissues have led to this certificate.
    private func purchase(
        of certificate: IssuedCertificate, _ lengthensNothing: inout Bool
    ) async throws(RepositoryError) -> Order? {
        var order = try await repository.order(certificate.order)
        var end = certificate.facts.notAfter
        // A chain of reissues is short; one that leads round in a circle must not hold the step.
        for _ in 0..<32 {
            guard let reissue = order, reissue.kind == .reissue, let id = reissue.predecessor,
                let former = try await repository.certificate(id)
            else { break }
            if end < former.facts.notAfter.addingTimeInterval(86400) { lengthensNothing = true }
            end = former.facts.notAfter
            order = try await repository.order(former.order)
        }
        return order
    }
}
