// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// Late renewals among many that are under way.
struct RenewalAttentionTests {
    /// Renewals that were due two days ago; those under way come first in the order of ids.
    private func fill(_ told: ToldLab, underWay: Int, late: Int) async throws {
        var changes = ChangeSet()
        let due = told.time.now().addingTimeInterval(-2 * 86400)
        for number in 0..<(underWay + late) {
            let id = 10_000 + number
            var managed = ManagedCertificate(
                id: ManagedCertificateID("mgd_\(id)"), account: "test", createdAt: told.time.now())
            var plan = RenewalPlan(
                certificate: CertificateID("crt_\(id)"), dueAt: due, reason: .expiring, note: "two thirds")
            if number < underWay { plan.order = OrderID("ord_\(id)") }
            managed.renewal = plan
            changes.puts.append(.managed(managed))
        }
        try await told.repository.commit(changes)
    }

    private func late(_ told: ToldLab) async throws -> [Attention] {
        try await told.engine.attention(at: told.time.now()).filter { $0.kind == .renewalLate }
    }

    @Test func `however many are under way, those that are late are found`() async throws {
        let told = try await ToldLab()
        try await fill(told, underWay: 104, late: 8)
        #expect(try await late(told).map(\.subject) == (10_104..<10_112).map { "crt_\($0)" })
    }

    @Test func `of many that are late ten are listed, and it is said that there are others`() async throws {
        let told = try await ToldLab()
        try await fill(told, underWay: 104, late: 13)
        let found = try await late(told)
        #expect(found.count == 11 && found.last?.what == "3 more renewals are late", "\(found.map(\.what))")
    }

    @Test func `where too many are under way it is said that not all were looked at`() async throws {
        let told = try await ToldLab()
        try await fill(told, underWay: 2000, late: 1)
        let found = try await late(told)
        #expect(found.map(\.subject) == [Attention.others])
        #expect(found.first?.what.contains("not all were looked at") == true)
    }

    @Test func `a certificate that cannot be read does not hide what else needs a person`() async throws {
        let told = try await ToldLab()
        try await fill(told, underWay: 0, late: 2)
        let damaged = LifecycleEngine(
            repository: DamagedRepository(inner: told.repository), accounts: SingleProvider(told.ca.provider),
            material: Material(), sealing: Sealer(MasterKey()), digest: { Fingerprint.sha256($0) },
            time: EngineTime(now: told.time.now, clock: told.time.clock))
        let found = try await damaged.attention(at: told.time.now())
        #expect(found.count { $0.kind == .renewalLate } == 2)
        #expect(found.filter { $0.kind == .recordUnreadable }.map(\.subject) == ["crt_10000", "crt_10001"])
    }
}

/// A repository whose certificates are damaged.
private struct DamagedRepository: ForwardingRepository {
    let inner: MemoryRepository

    func certificate(_ id: CertificateID) async throws(RepositoryError) -> IssuedCertificate? {
        throw .unreadable("damaged")
    }
}
