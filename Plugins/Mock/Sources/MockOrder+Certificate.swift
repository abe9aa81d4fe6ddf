// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension MockOrder {
    /// The issuance that the certificate reference stands for, as a snapshot.
    func certificate(at now: Date, authority: MockAuthority, script: MockScript) -> CertificateSnapshot? {
        guard let leaf = shown?.leaf else { return nil }
        let plan = script.mischief.limits
        let chain = authority.chain(
            from: leaf.der, upsideDown: plan[.chainUpsideDown] != nil, withStrays: plan[.strayRoots] != nil)
        if let revocation = leaf.revocation {
            return CertificateSnapshot(
                state: .revoked(revocation), wording: "revoked", serialNumber: leaf.serialNumber,
                chain: plan[.revokedIsGone] == nil ? chain : nil)
        }
        let isExpired = leaf.notAfter < now
        return CertificateSnapshot(
            state: isExpired ? .expired : .valid, wording: isExpired ? "expired" : "valid",
            serialNumber: leaf.serialNumber, chain: chain)
    }

    /// Ends the certificate with this serial number, whichever the reference stands for now.
    mutating func revoke(
        _ serialNumber: SerialNumber, for reason: RevocationReason, at now: Date
    ) throws(ProviderError) -> RevocationOutcome {
        guard let index = issuances.firstIndex(where: { $0.leaf?.serialNumber == serialNumber }) else {
            throw ProviderError(.rejected, "\(reference) has no certificate with serial number \(serialNumber)")
        }
        guard issuances[index].leaf?.revocation == nil else { return .alreadyRevoked }
        issuances[index].leaf?.revocation = Revocation(at: now, reason: reason)
        return .revoked
    }

    /// Withdraws what is not issued yet.
    mutating func cancel(at now: Date, script: MockScript) -> CancellationOutcome {
        let progress = progress(at: now, script: script)
        switch progress.state {
        case .cancelled: return .cancelled
        case .rejected: return .tooLate
        case .issued where !progress.isReady: return .tooLate
        default:
            current.isCancelled = true
            return .cancelled
        }
    }

    /// Takes the CSR of the second write.
    mutating func finalize(
        with signingRequest: CertificateSigningRequest, at now: Date, script: MockScript
    ) throws(ProviderError) {
        guard progress(at: now, script: script).state == .readyToFinalize else {
            throw ProviderError(.rejected, "\(reference) does not wait for a signing request")
        }
        current.keyAlgorithm = try MockRequest.keyAlgorithm(of: signingRequest)
        current.finalized = signingRequest
    }
}
