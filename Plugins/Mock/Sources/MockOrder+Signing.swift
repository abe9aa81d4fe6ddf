// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import PublicCA
import X509

/// What is wrong with a certificate, on request.
struct IssuanceFlaws: Hashable, Sendable {
    var hasWrongKey = false
    var hasWrongNames = false
    var isExpired = false
}

extension MockOrder {
    /// Signs the certificate that the order waits for.
    ///
    /// - Parameter latestEnd: a reissue lasts no longer than what it replaces.
    mutating func sign(
        _ flaws: IssuanceFlaws, by authority: MockAuthority, at now: Date, latestEnd: Date?
    ) throws(ProviderError) {
        let wish = current
        let csr = try MockRequest.read(wish.finalized ?? wish.request.signingRequest)
        let organization = MockCatalogs.organizations.first { $0.id == wish.request.organization }?.name
        let term = Double(wish.request.term) * 86400
        let start = flaws.isExpired ? now.addingTimeInterval(-term - 86400) : now
        let end = start.addingTimeInterval(term)
        var draft = CertificateDraft(
            publicKey: flaws.hasWrongKey ? .init(P256.Signing.PrivateKey().publicKey) : csr.publicKey,
            commonName: wish.request.commonName,
            organization: wish.profile?.namesOrganization == true ? organization : nil,
            names: wish.request.alternativeNames,
            serialNumber: authority.serialNumber(order: number, issuance: issuances.count),
            // Some minutes of grace for clocks that are behind.
            notBefore: start.addingTimeInterval(-300), notAfter: latestEnd.map { min($0, end) } ?? end)
        if flaws.hasWrongNames {
            draft.commonName = "somebody-else.example"
            draft.names = [.dnsName("somebody-else.example")]
        }
        do {
            let der = try authority.sign(draft)
            let octets = draft.serialNumber.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
            current.leaf = Issuance.Leaf(
                der: der, serialNumber: SerialNumber(rawValue: octets.joined()), notAfter: draft.notAfter)
        } catch {
            throw ProviderError(.rejected, "the mock CA could not sign \(reference)", wording: "\(error)")
        }
    }
}
