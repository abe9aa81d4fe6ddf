// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import SQLiteRepository

/// The calls of an engine that orders certificates and sees them through, one after the other.
enum EngineLives {
    static func record(orders: Int, in file: String) async throws -> [RepositoryCall] {
        let time = TestTime()
        let ca = MockCA(now: time.now)
        let repository = RecordingRepository(
            try SQLiteRepository(path: file, now: time.now, digest: Fingerprint.sha256))
        let engine = LifecycleEngine(
            repository: repository, accounts: SingleProvider(ca.provider), material: Material(),
            sealing: Sealer(MasterKey()), digest: Fingerprint.sha256,
            time: EngineTime(now: time.now, clock: time.clock), options: EngineOptions(parallel: 1))
        _ = try await engine.ensureAccount("bench", provider: "mock")
        for number in 0..<orders {
            var wish = OrderWish(account: "bench", profile: "Mock DV", commonName: "host\(number).example.org")
            wish.names = ["www\(number).example.org"]
            wish.keyAlgorithm = .ecP256
            let order = try await engine.order(wish)
            while try await engine.repository.order(order.id)?.phase != .completed {
                try await engine.pass()
                time.advance(by: .seconds(1))
            }
        }
        return repository.recorded
    }

    /// Makes the calls again on a fresh file. Returns what the commits took together, and nothing else.
    static func replay(_ calls: [RepositoryCall], in file: String) async throws -> Duration {
        let repository = try SQLiteRepository(
            path: file, now: { TestTime.usualStart }, digest: Fingerprint.sha256)
        var total = Duration.zero
        for call in calls {
            switch call {
            case .claim(let request): _ = try await repository.claim(request)
            case .commit(let changes):
                let start = ContinuousClock.now
                try await repository.commit(changes)
                total += ContinuousClock.now - start
            }
        }
        return total
    }
}
