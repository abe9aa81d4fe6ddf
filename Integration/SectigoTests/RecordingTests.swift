// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import PublicCA
import PublicCATesting
import SCMSimulator
import SectigoProvider
import Testing

/// Checks the contract at the simulated SCM once more, and writes down what is said: `make record` puts it beside the
/// plugin, whose tests check the contract over it.
struct RecordingTests {
    private static let target = ProcessInfo.processInfo.environment["RECORD_EXCHANGES"]
    private static let total = HTTPField.Name("X-Total-Count")

    @Test func `what was recorded keeps the contract without SCM, and has no secret`() async throws {
        let recorded = try await Self.record()
        for check in recorded {
            let replay = ReplayTransport(check.exchanges)
            let fixture = check.fixture(
                over: replay, canary: SimulatedAccount.password, unknownOrder: SimulatedAccount.unknownOrder,
                unknownCertificate: SimulatedAccount.unknownCertificate
            ) { network, now in try Self.open(over: network, now) }
            let promise = try #require(ProviderCheck.all.first { $0.promise == check.promise })
            await #expect(throws: Never.self) { try await promise.run(with: fixture) }
            #expect(replay.refused.isEmpty && replay.unused == 0, "\(check): \(replay.refused), \(replay.unused)")
        }
        let file = try RecordedCheck.file(of: recorded)
        for secret in [SimulatedAccount.password, "PRIVATE KEY"] {
            #expect(!String(decoding: file, as: UTF8.self).contains(secret))
        }
        if let target = Self.target { try file.write(to: URL(fileURLWithPath: target)) }
    }

    /// Each check with a simulator as it is after the start, so that it can be run again by itself.
    private static func record() async throws -> [RecordedCheck] {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"seed": 2}"#)) { simulator in
            var recorded: [RecordedCheck] = []
            for check in ProviderCheck.all {
                try simulator.control("POST", "reset", #"{"seed": 2}"#)
                let account = try SimulatedAccount(simulator)
                let network = RecordingTransport(
                    try account.network, keeping: [total].compactMap(\.self),
                    without: [Secret(SimulatedAccount.password)])
                let fixture = account.fixture(over: network) { provocation in
                    if provocation == .unknownWord { try account.sayUnknownWord() }
                    let isWrong = provocation == .wrongCredentials
                    return try account.open(
                        password: isWrong ? SimulatedAccount.wrongPassword : SimulatedAccount.password,
                        over: TroubledTransport(network, provocation) ?? network)
                }
                recorded.append(try await RecordedCheck(check, with: fixture, over: network))
            }
            return recorded
        }
    }

    private static func open(
        over network: any HTTPTransport, _ now: @escaping @Sendable () -> Date
    ) throws -> any PublicCAProvider {
        try ProviderPlugin.sectigo.open(
            ProviderContext(
                settings: ProviderSettings(
                    values: ["address": "https://scm.example/api", "user": "master", "customer-uri": "acme"],
                    secrets: ["password": Secret(SimulatedAccount.password)]),
                transport: network, memory: TestMemory(), now: now))
    }
}
