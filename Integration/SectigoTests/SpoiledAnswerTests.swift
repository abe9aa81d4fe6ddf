// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostSupport
import PublicCA
import SCMSimulator
import Testing

/// Every kind of call, and answers that are none.
struct SpoiledAnswerTests {
    private typealias Ask = @Sendable (any PublicCAProvider) async throws(ProviderError) -> Void

    private static let reads: [(name: String, ask: Ask)] = [
        ("check", { (provider) throws(ProviderError) in _ = try await provider.check() }),
        ("profiles", { (provider) throws(ProviderError) in _ = try await provider.profiles() }),
        (
            "organizations",
            { (provider) throws(ProviderError) in
                _ = try await provider.organizations?.listOrganizations(after: nil)
            }
        ),
        ("domains", { (provider) throws(ProviderError) in _ = try await provider.domains?.listDomains(after: nil) }),
        (
            "list",
            { (provider) throws(ProviderError) in
                _ = try await provider.orders?.listOrders(in: ["Issued"], after: nil)
            }
        ),
        ("order", { (provider) throws(ProviderError) in _ = try await provider.order(OrderReference("1000")) }),
        (
            "certificate",
            { (provider) throws(ProviderError) in _ = try await provider.certificate(CertificateReference("1000")) }
        ),
    ]

    private static let writes: [(name: String, ask: Ask)] = [
        (
            "revoke",
            { (provider) throws(ProviderError) in
                _ = try await provider.revoke(
                    RevocationRequest(
                        certificate: CertificateReference("1000"), serialNumber: SerialNumber("0a"),
                        reason: .superseded, comments: "moved"))
            }
        ),
        (
            "cancel",
            { (provider) throws(ProviderError) in
                _ = try await provider.cancelling?.cancel(OrderReference("1000"), comments: "moved")
            }
        ),
    ]

    private static let kinds = [
        "redirect", "huge", "gzipBomb", "deep", "html", "truncated", "badGateway", "loseAnswer", "drip",
    ]

    @Test(arguments: kinds)
    func `a call whose answer is none may be repeated where it reads, and is in doubt where it writes`(
        _ kind: String
    ) async throws {
        try await SCMSimulator.serve(SimulatorSettings()) { elsewhere in
            try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true, "seed": 3}"#)) { simulator in
                var limits = TransportLimits()
                // A drip would take a minute. No other answer takes that long.
                if kind == "drip" { limits.total = .milliseconds(500) }
                limits.bodySize = 1 << 20
                let account = try SimulatedAccount(simulator, limits: limits)
                try account.fault(
                    #"""
                    {"kind": "\#(kind)", "path": "/api", "count": 999, "milliseconds": 1000, "bytes": 100000000,
                     "location": "\#(elsewhere.address)/api"}
                    """#)
                let provider = try account.open()
                for (name, ask) in Self.reads {
                    let error = await failure(ask, provider)
                    #expect(error?.disposition == .transient(retryAfter: nil), "\(name): \(String(describing: error))")
                    #expect(error.map { $0.description.count < 500 && !$0.description.contains("\n") } == true)
                }
                // On a busy machine so short a time may end before a write has left.
                for (name, ask) in Self.writes where kind != "drip" {
                    let error = await failure(ask, provider)
                    guard case .ambiguous = error?.disposition else {
                        Issue.record("\(name): \(String(describing: error))")
                        continue
                    }
                }
            }
            #expect(try elsewhere.control("GET", "state").contains(#""total":0"#))
        }
    }

    @Test(arguments: kinds)
    func `a token endpoint whose answer is none is no refusal of the client`(_ kind: String) async throws {
        try await SCMSimulator.serve(SimulatorSettings()) { elsewhere in
            try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
                var limits = TransportLimits()
                if kind == "drip" { limits.total = .milliseconds(500) }
                let account = try SimulatedAccount(simulator, limits: limits)
                try account.fault(
                    #"""
                    {"kind": "\#(kind)", "path": "/auth", "milliseconds": 1000, "location": "\#(elsewhere.address)/auth"}
                    """#)
                let error = await failure(Self.reads[0].ask, try account.open(.key))
                #expect(error?.disposition == .transient(retryAfter: nil), "\(String(describing: error))")
                // On a busy machine the first may not even have come to the fault.
                _ = try simulator.control("DELETE", "faults")
                let again = await failure(Self.reads[0].ask, try SimulatedAccount(simulator).open(.key))
                #expect(again == nil)
            }
            #expect(try elsewhere.control("GET", "state").contains(#""total":0"#))
        }
    }

    private func failure(_ ask: Ask, _ provider: any PublicCAProvider) async -> ProviderError? {
        do throws(ProviderError) {
            try await ask(provider)
            return nil
        } catch {
            return error
        }
    }
}
