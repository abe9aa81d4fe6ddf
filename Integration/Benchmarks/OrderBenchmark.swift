// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import SQLiteRepository

/// One order with an RSA key from wish to certificate, against making such a key.
enum OrderBenchmark {
    static func run(in folder: String, rounds: Int) async throws -> [Ratio] {
        let ca = MockCA()
        let engine = LifecycleEngine(
            repository: try SQLiteRepository(path: "\(folder)/orders.sqlite", digest: Fingerprint.sha256),
            accounts: SingleProvider(ca.provider), material: Material(), sealing: Sealer(MasterKey()),
            digest: Fingerprint.sha256)
        _ = try await engine.ensureAccount("bench", provider: "mock")
        _ = try await order("first.example.org", engine)  // makes the CA's own keys
        var ours: [Double] = []
        var bare: [Double] = []
        Progress.say("orders: \(rounds) rounds")
        for round in 1...rounds {
            ours.append(try await order("host\(round).example.org", engine).milliseconds)
            let start = ContinuousClock.now
            _ = try await Material().makeKey(.rsa2048)
            bare.append((ContinuousClock.now - start).milliseconds)
        }
        // A key takes as long as chance wills: the medians are compared, not pairs.
        return [
            Ratio(
                name: "one RSA-2048 order / making its key", value: ours.median / bare.median, aim: .atMost(1.5),
                detail: "\(decimals(ours.median)) ms, \(decimals(bare.median)) ms")
        ]
    }

    private static func order(_ name: String, _ engine: LifecycleEngine) async throws -> Duration {
        let start = ContinuousClock.now
        var wish = OrderWish(account: "bench", profile: "Mock DV", commonName: name)
        wish.keyAlgorithm = .rsa2048
        let order = try await engine.order(wish)
        try await engine.pass()
        let time = ContinuousClock.now - start
        let phase = try await engine.repository.order(order.id)?.phase
        guard phase == .completed else {
            throw LifecycleError(.refused, "the order of \(name) is \(phase?.rawValue ?? "gone")")
        }
        return time
    }
}
