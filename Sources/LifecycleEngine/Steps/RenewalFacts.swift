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
