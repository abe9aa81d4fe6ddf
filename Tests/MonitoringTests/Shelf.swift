// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization

/// A repository to fill record by record.
final class Shelf: Sendable {
    let repository: MemoryRepository
    private let time: TestTime
    private let last = Mutex(0)

    init(_ time: TestTime) {
        self.time = time
        repository = MemoryRepository(now: time.now, digest: { "\($0.hashValue)" })
    }

    func put(_ certificate: IssuedCertificate) async throws { try await put(.certificate(certificate)) }

    func put(_ record: StoredRecord) async throws {
        var changes = ChangeSet()
        changes.puts = [record]
        try await repository.commit(changes)
    }

    func work(_ id: String, _ account: String, age: TimeInterval, lease: Lease? = nil) async throws {
        var changes = ChangeSet()
        changes.work = [
            .put(
                WorkItem(
                    subject: .order(OrderID(id)), account: account, step: "poll",
                    due: time.now().addingTimeInterval(-age), lease: lease))
        ]
        try await repository.commit(changes)
    }

    /// A certificate that ends so many days and seconds from now.
    func certificate(
        days: Int, seconds: TimeInterval = 0, status: CertificateStatus = .valid
    ) -> IssuedCertificate {
        let number = last.withLock { last in
            last += 1
            return last
        }
        let name = "h\(number).example.org"
        let end = time.now().addingTimeInterval(Double(days) * 86_400 + seconds)
        let facts = CertificateFacts(
            commonName: name, alternativeNames: [SubjectAlternativeName(normalized: name)],
            serialNumber: SerialNumber("0a"), subject: "CN=\(name)", issuer: "CN=CA",
            notBefore: end.addingTimeInterval(-90 * 86_400), notAfter: end, sha256: "sha-\(number)",
            publicKey: PublicKeyDigest("key-\(number)"), keyAlgorithm: .ecP256)
        var certificate = IssuedCertificate(
            id: CertificateID("crt_\(number)"), account: "main", managed: ManagedCertificateID("mgd_c\(number)"),
            order: OrderID("ord_\(number)"), reference: CertificateReference("\(number)"), facts: facts,
            chain: CertificateChain(certificates: []), createdAt: time.now())
        certificate.status = status
        return certificate
    }

    func account(_ name: String) -> AccountRecord {
        AccountRecord(name: name, provider: "mock", settings: [:], secrets: [:], createdAt: time.now())
    }

    /// One whose renewal has been due for so many seconds.
    func managed(_ id: String, dueFor age: TimeInterval) -> ManagedCertificate {
        var managed = ManagedCertificate(id: ManagedCertificateID(id), account: "main", createdAt: time.now())
        managed.renewal = RenewalPlan(
            certificate: CertificateID("crt_1"), dueAt: time.now().addingTimeInterval(-age), reason: .expiring,
            note: "soon")
        return managed
    }

    func order(_ id: String, _ phase: OrderPhase) -> Order {
        let details = OrderDetails(commonName: "a.example.org", alternativeNames: [])
        return Order(
            id: OrderID(id), account: "main", provider: "mock", kind: .new, managed: ManagedCertificateID("mgd_1"),
            phase: phase, details: details, key: OrderKey("key-\(id)"), createdAt: time.now())
    }
}
