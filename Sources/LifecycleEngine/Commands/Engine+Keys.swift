// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
public import PublicCA

extension LifecycleEngine {
    /// Opens the private key of a certificate. Throws `notFound` when it is not here, and `storage` when it was sealed
    /// with another master key.
    public func privateKey(of certificate: IssuedCertificate) async throws(LifecycleError) -> PrivateKey {
        let digest = certificate.facts.publicKey
        let record = try await commanded { try await repository.key(digest) }
        guard let record else {
            throw LifecycleError(
                .notFound, "the private key of \(certificate.id) is not here",
                hint: "attach it: publicca certificate attach-key \(certificate.id) --key-file FILE")
        }
        do throws(MaterialError) {
            let der = try sealing.open(record.sealed, for: SealedFor.key(digest))
            return PrivateKey(der: der, publicKey: digest, algorithm: record.algorithm)
        } catch {
            throw LifecycleError(.storage, error.description)
        }
    }

    /// Opens the keystore password that was given with the order. `nil` when there was none.
    public func keystorePassword(of managed: ManagedCertificate) throws(LifecycleError) -> Secret? {
        guard let sealed = managed.keystore?.sealedPassword else { return nil }
        do throws(MaterialError) {
            return Secret(
                String(decoding: try sealing.open(sealed, for: SealedFor.keystore(of: managed.id)), as: UTF8.self))
        } catch {
            throw LifecycleError(.storage, error.description)
        }
    }

    /// Takes in a key that was held elsewhere, sealed. Throws `badInput` when it is not the certificate's.
    public func attachKey(_ bytes: Data, to id: CertificateID) async throws(LifecycleError) {
        let certificate = try await certificate(id)
        try await commanded {
            let key = try material.key(bytes)
            guard key.publicKey == certificate.facts.publicKey else {
                throw LifecycleError(.badInput, "the key is not the one of \(id)")
            }
            guard try await repository.key(key.publicKey) == nil else { return }
            var changes = ChangeSet()
            changes.puts = [.key(try sealed(key))]
            changes.journal = [
                journal(.certificate(id), name: certificate.facts.commonName, "keyAttached", "\(key.algorithm), sealed")
            ]
            try await resumeDeployments(of: certificate, in: &changes)
            // One may have been left alone for want of the key.
            if certificate.successor == nil, try await isAutoRenewed(certificate) {
                changes.work.append(.put(renewalWork(certificate, .plan, at: time.now())))
            }
            try await repository.commit(changes)
        }
    }
}
