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
        do throws(MaterialError) {
            if let leaf = try material.arrange(sent, leaf: key).certificates.first,
                try material.facts(of: leaf).publicKey == key
            {
                return true
            }
        } catch {
            // None of what was sent is for our key.
        }
        do throws(MaterialError) {
            guard let leaf = try material.arrange(sent, leaf: nil).certificates.first else { return nil }
            return try material.facts(of: leaf).serialNumber == former ? nil : false
        } catch {
            return nil
        }
    }
}
