// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

/// Orders at the CA that a lookup could not tell apart are told apart by what no two have in common: the key of the
/// certificate.
extension LifecycleEngine {
    /// The most candidates that are looked at in one lookup; more are a person's matter.
    private static let patience = 20

    /// Ours is the one whose certificate is for our key. One that was issued for another key is not ours; the others
    /// remain.
    func tellApart(
        _ candidates: [OrderReference], for order: Order, _ provider: any PublicCAProvider
    ) async -> Located {
        // A renewal is another order than the one that it follows, whatever key both have.
        let candidates = candidates.filter { order.kind == .reissue || $0 != order.predecessorAtCA?.order }
        guard let key = order.publicKey, !candidates.isEmpty, candidates.count <= Self.patience else {
            return .undecided(candidates)
        }
        var open: [OrderReference] = []
        for candidate in candidates {
            switch await isOurs(candidate, key, order.predecessorAtCA?.serialNumber, provider) {
            case true?: return .found(candidate)
            case false?: continue
            case nil: open.append(candidate)
            }
        }
        return open.isEmpty ? .absent : .undecided(open)
    }

    /// `nil` while there is nothing to tell by: no certificate yet, only the predecessor's, or one that is not shown now.
    private func isOurs(
        _ candidate: OrderReference, _ key: PublicKeyDigest, _ former: SerialNumber?, _ provider: any PublicCAProvider
    ) async -> Bool? {
        let order = await read { () async throws(ProviderError) in try await provider.order(candidate) }
        guard case .success(let snapshot) = order, case .issued(let reference) = snapshot.state else { return nil }
        let certificate = await read { () async throws(ProviderError) in try await provider.certificate(reference) }
        guard case .success(let shown) = certificate, let sent = shown.chain else { return nil }
        if let leaf = facts(of: sent, leaf: key), leaf.publicKey == key {
            return leaf.serialNumber == former ? nil : true
        }
        guard let leaf = facts(of: sent, leaf: nil) else { return nil }
        return leaf.serialNumber == former ? nil : false
    }

    private func facts(of sent: CertificateChain, leaf key: PublicKeyDigest?) -> CertificateFacts? {
        do throws(MaterialError) {
            return try material.arrange(sent, leaf: key).certificates.first.map { (leaf) throws(MaterialError) in
                try material.facts(of: leaf)
            }
        } catch {
            // None of what was sent is for this key, or it cannot be read: then it tells nothing.
            return nil
        }
    }
}
