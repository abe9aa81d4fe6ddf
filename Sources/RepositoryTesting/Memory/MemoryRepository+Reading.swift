// SPDX-License-Identifier: Apache-2.0

public import LifecycleModel
public import PublicCA

extension MemoryRepository {
    public func order(_ id: OrderID) async throws(RepositoryError) -> Order? {
        read { $0.one(Order.self, id.rawValue) }
    }

    public func order(account: String, reference: OrderReference) async throws(RepositoryError) -> Order? {
        read { state in
            state.all(Order.self).first { $0.account == account && $0.heldReference == reference }
        }
    }

    public func order(account: String, key: OrderKey) async throws(RepositoryError) -> Order? {
        read { $0.all(Order.self).first { $0.account == account && $0.key == key } }
    }

    public func order(account: String, callerKey: String) async throws(RepositoryError) -> Order? {
        read { $0.all(Order.self).first { $0.account == account && $0.callerKey == callerKey } }
    }

    public func unfinishedSuccessor(of certificate: CertificateID) async throws(RepositoryError) -> Order? {
        read { $0.all(Order.self).first { $0.predecessor == certificate && !$0.phase.isFinal } }
    }

    public func certificate(_ id: CertificateID) async throws(RepositoryError) -> IssuedCertificate? {
        read { $0.one(IssuedCertificate.self, id.rawValue) }
    }

    public func certificate(account: String, sha256: String) async throws(RepositoryError) -> IssuedCertificate? {
        read { $0.all(IssuedCertificate.self).first { $0.account == account && $0.facts.sha256 == sha256 } }
    }

    public func managed(_ id: ManagedCertificateID) async throws(RepositoryError) -> ManagedCertificate? {
        read { $0.one(ManagedCertificate.self, id.rawValue) }
    }

    public func revocation(_ id: RevocationID) async throws(RepositoryError) -> RevocationRecord? {
        read { $0.one(RevocationRecord.self, id.rawValue) }
    }

    public func revocation(of certificate: CertificateID) async throws(RepositoryError) -> RevocationRecord? {
        read { state in
            state.all(RevocationRecord.self).filter { $0.certificate == certificate }
                .max { ($1.phase.isFinal ? 0 : 1, $1.id.rawValue) > ($0.phase.isFinal ? 0 : 1, $0.id.rawValue) }
        }
    }

    public func account(_ name: String) async throws(RepositoryError) -> AccountRecord? {
        read { $0.one(AccountRecord.self, name) }
    }

    public func importRun(_ id: ImportID) async throws(RepositoryError) -> ImportRun? {
        read { $0.one(ImportRun.self, id.rawValue) }
    }

    public func key(_ publicKey: PublicKeyDigest) async throws(RepositoryError) -> SealedKey? {
        read { $0.one(SealedKey.self, publicKey.rawValue) }
    }

    public func memory(account: String, name: String) async throws(RepositoryError) -> MemoryRecord? {
        read { $0.one(MemoryRecord.self, account, name) }
    }

    public func tombstone(account: String, reference: OrderReference) async throws(RepositoryError) -> Tombstone? {
        read { $0.one(Tombstone.self, account, reference.rawValue) }
    }

    public func catalogEntry(
        account: String, kind: CatalogKind, id: String
    ) async throws(RepositoryError) -> CatalogEntry? {
        read { $0.one(CatalogEntry.self, account, kind.rawValue, id) }
    }

    public func deployment(_ id: DeploymentID) async throws(RepositoryError) -> DeploymentRecord? {
        read { $0.one(DeploymentRecord.self, id.rawValue) }
    }

    public func deployment(
        target: String, managed: ManagedCertificateID
    ) async throws(RepositoryError) -> DeploymentRecord? {
        read { $0.all(DeploymentRecord.self).first { $0.target == target && $0.managed == managed } }
    }

    public func channel(_ name: String) async throws(RepositoryError) -> ChannelRecord? {
        read { $0.one(ChannelRecord.self, name) }
    }

    public func work(_ subject: Subject, task: String) async throws(RepositoryError) -> WorkItem? {
        read { $0.queue.item(subject, task: task) }
    }
}
