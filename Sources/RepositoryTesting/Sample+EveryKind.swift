// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension Sample {
    static func revocation(_ id: String, of certificate: String = "crt_1") -> RevocationRecord {
        RevocationRecord(
            id: RevocationID(id), account: "main", certificate: CertificateID(certificate),
            request: RevocationRequest(
                certificate: CertificateReference("ref"), serialNumber: SerialNumber("0a"), reason: .superseded,
                comments: "moved"),
            createdAt: start)
    }

    static func importRun(_ id: String, account: String = "main") -> ImportRun {
        ImportRun(id: ImportID(id), account: account, options: ImportOptions(states: ["Issued"]), createdAt: start)
    }

    /// One record of each kind, with as much in it as it can hold.
    static var everyKind: [StoredRecord] {
        var order = order("ord_1", phase: .stuck)
        order.problem = "two orders could be ours"
        order.reference = OrderReference("4711")
        order.candidates = [OrderReference("1"), OrderReference("2")]
        order.heldChain = CertificateChain(certificates: [Data([1, 2, 3])])
        order.signingRequest = CertificateSigningRequest(der: Data((0...255).map { UInt8($0) }))
        order.validations = [
            DomainValidation(domain: "example.org", method: "CNAME", place: "_x", value: "y/z\\", isDone: false)
        ]
        order.predecessorAtCA = Predecessor(
            order: OrderReference("1"), certificate: CertificateReference("2"), serialNumber: SerialNumber("0a"),
            leaf: CertificateChain(certificates: [Data([9])]))
        var certificate = certificate("crt_1", status: .revoked, successor: "crt_2")
        certificate.revocation = Revocation(at: start, reason: .keyCompromise)
        var account = account("main", paused: "wrong password")
        account.secrets = ["password": .sealed(Data([0, 1])), "token": .file("token.txt"), "pin": .environment("PIN")]
        account.capabilities = [.renewing, .locating]
        account.lastSync = [.domains: start, .profiles: start]
        account.report = AccountReport(roles: ["MRAO"], warnings: ["soon"], credentialsExpireAt: start)
        var managed = ManagedCertificate(
            id: ManagedCertificateID("mgd_1"), account: "main", createdAt: start,
            keystore: KeystoreChoice(format: .pkcs12, sealedPassword: Data([7])))
        managed.autoRenewal = AutoRenewal(isEnabled: true, days: 20, share: 0.5, followsCA: true, onlyWithKey: true)
        managed.renewal = RenewalPlan(
            certificate: CertificateID("crt_1"), dueAt: start, reason: .expiring, note: "two thirds of its lifetime")
        var importRun = importRun("imp_1")
        importRun.cursor = PageCursor("page 2")
        importRun.report.quarantined = [UnreadableRow(reference: "9", reason: "no date")]
        return [
            .order(order), .certificate(certificate), .managed(managed), .revocation(revocation("rev_1")),
            .account(account), .catalog(domain("1", name: "example.org")), .importRun(importRun),
            .key(
                SealedKey(
                    publicKey: PublicKeyDigest("spki"), algorithm: .rsa4096, sealed: Data([0xff, 0]), createdAt: start)),
            .memory(MemoryRecord(account: "main", name: "state", revision: 0, sealed: Data([5]))),
            .tombstone(Tombstone(account: "main", reference: OrderReference("4711"), deletedAt: start)),
            .decision(decision("dec_1", about: certificate)),
            .deployment(
                DeploymentRecord(id: DeploymentID("dep_1"), target: "web", certificate: certificate, createdAt: start)),
            .channel(ChannelRecord(name: "ops", sequence: 12, createdAt: start)),
            .alert(
                AlertRecord(
                    kind: "order.stuck", severity: .critical, subject: "ord_1", what: "stuck", hint: "resolve it",
                    since: start)),
        ]
    }
}

extension StoredRecord {
    func atRevision(_ revision: Int) -> StoredRecord {
        func moved<Record: KeptRecord>(_ record: Record) -> Record {
            var record = record
            record.revision = revision
            return record
        }
        return switch self {
        case .order(let record): .order(moved(record))
        case .certificate(let record): .certificate(moved(record))
        case .managed(let record): .managed(moved(record))
        case .revocation(let record): .revocation(moved(record))
        case .account(let record): .account(moved(record))
        case .catalog(let record): .catalog(moved(record))
        case .importRun(let record): .importRun(moved(record))
        case .key(let record): .key(moved(record))
        case .memory(let record): .memory(moved(record))
        case .tombstone(let record): .tombstone(moved(record))
        case .decision(let record): .decision(moved(record))
        case .deployment(let record): .deployment(moved(record))
        case .channel(let record): .channel(moved(record))
        case .alert(let record): .alert(moved(record))
        }
    }
}

extension CheckedRepository {
    /// The record of the same kind and identity.
    func stored(_ record: StoredRecord) async throws -> StoredRecord? {
        switch record {
        case .order(let record): try await repository.order(record.id).map { .order($0) }
        case .certificate(let record): try await repository.certificate(record.id).map { .certificate($0) }
        case .managed(let record): try await repository.managed(record.id).map { .managed($0) }
        case .revocation(let record): try await repository.revocation(record.id).map { .revocation($0) }
        case .account(let record): try await repository.account(record.name).map { .account($0) }
        case .catalog(let record):
            try await repository.catalogEntry(account: record.account, kind: record.item.kind, id: record.item.id)
                .map { .catalog($0) }
        case .importRun(let record): try await repository.importRun(record.id).map { .importRun($0) }
        case .key(let record): try await repository.key(record.publicKey).map { .key($0) }
        case .memory(let record):
            try await repository.memory(account: record.account, name: record.name).map { .memory($0) }
        case .tombstone(let record):
            try await repository.tombstone(account: record.account, reference: record.reference)
                .map { .tombstone($0) }
        case .decision(let record):
            try await repository.decisions(DecisionQuery()).items.first { $0.id == record.id }.map { .decision($0) }
        case .deployment(let record): try await repository.deployment(record.id).map { .deployment($0) }
        case .channel(let record): try await repository.channel(record.name).map { .channel($0) }
        case .alert(let record): try await repository.alerts().first { $0.key == record.key }.map { .alert($0) }
        }
    }
}
