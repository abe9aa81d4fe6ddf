// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import SQLiteRepository

/// An engine over a database file and a mock CA, and time that jumps from one due step to the next.
final class Years: Sendable {
    let time = TestTime()
    let ca: MockCA
    let repository: SQLiteRepository
    let engine: LifecycleEngine
    private let folder: URL

    init(windows: [MaintenanceWindow]) async throws {
        // In memory where there is such a place: it is the year that is tried here, not the disk.
        let memory = URL(fileURLWithPath: "/dev/shm")
        let isThere = FileManager.default.isWritableFile(atPath: memory.path)
        folder = (isThere ? memory : FileManager.default.temporaryDirectory)
            .appendingPathComponent("years-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ca = MockCA(now: time.now)
        repository = try SQLiteRepository(
            path: folder.appendingPathComponent("years.sqlite").path, now: time.now, digest: { Fingerprint.sha256($0) })
        var options = EngineOptions(worker: "years", actor: .schedule)
        options.windows = windows
        engine = LifecycleEngine(
            repository: repository, accounts: SingleProvider(ca.provider), material: Material(),
            sealing: Sealer(MasterKey()), digest: { Fingerprint.sha256($0) },
            time: EngineTime(now: time.now, clock: time.clock), options: options)
        _ = try await engine.ensureAccount("test", provider: "mock")
        try await engine.setAutoRenewal(AutoRenewal(isEnabled: true), ofAccount: "test")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Ordered one after the other over a month, so that some are due on every day.
    func certificates(_ count: Int, term: Int) async throws -> [IssuedCertificate] {
        for number in 0..<count {
            try await live(until: time.now().addingTimeInterval(30 * 86400 / Double(count)))
            var wish = OrderWish(account: "test", profile: "Mock DV", commonName: "h\(number).example.org")
            wish.keyAlgorithm = .ecP256
            wish.term = term
            _ = try await engine.order(wish)
        }
        try await engine.pass()
        var query = CertificateQuery()
        query.withoutSuccessor = true
        query.limit = count
        return try await repository.certificates(query).items
    }

    func live(until end: Date) async throws {
        while true {
            try await engine.pass()
            let next = try await repository.work(after: nil, limit: 1).items.first
            let wake = max(next?.due ?? end, next?.lease?.until ?? .distantPast)
            guard wake < end else { break }
            move(to: wake)
        }
        move(to: end)
    }

    private func move(to date: Date) {
        time.advance(by: .milliseconds(Int64(max(0, date.timeIntervalSince(time.now())) * 1000) + 1))
    }

    func audit() async throws -> [RenewalDecision] {
        var query = DecisionQuery()
        query.limit = 100_000
        return try await repository.decisions(query).items
    }

    func current(of certificate: IssuedCertificate) async throws -> IssuedCertificate {
        guard let id = try await repository.managed(certificate.managed)?.current,
            let current = try await repository.certificate(id)
        else { throw LifecycleError(.notFound, "nothing is kept of \(certificate.id)") }
        return current
    }
}
