// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA
import PublicCATesting
import SCMSimulator
import Testing

/// What the contract's checks need to know of the simulated SCM.
extension SimulatedAccount {
    static let wrongPassword = "wrong-" + password
    static let unknownOrder = OrderReference("999999999")
    static let unknownCertificate = CertificateReference("999999999")

    /// - Parameter network: what accounts are opened over, instead of the host's own.
    func fixture(
        over network: (any HTTPTransport)? = nil,
        provoke: @escaping @Sendable (ProviderFixture.Provocation) throws -> any PublicCAProvider
    ) -> ProviderFixture {
        ProviderFixture(
            open: { try self.open(over: network) },
            request: { course in
                switch course {
                case .issued: try await self.request("501")
                case .pending: try await self.request("503")
                case .finalizing: nil
                }
            },
            provoke: { try provoke($0) },
            pass: { duration in
                do { try self.pass(duration) } catch { Issue.record(error, "the simulated clock did not move") }
            },
            now: { self.now }, canary: Self.password, unknownOrder: Self.unknownOrder,
            unknownCertificate: Self.unknownCertificate)
    }

    /// From now on the last order is in a state that nobody has heard of.
    func sayUnknownWord() throws {
        let last = try #require(try placed().last?["sslId"] as? Int)
        _ = try simulator.control("POST", "status", #"{"id": \#(last), "status": "Perplexed"}"#)
    }

    /// What was ordered since the start, as SCM itself sees it.
    func placed() throws -> [[String: Any]] {
        let state = try JSONSerialization.jsonObject(with: Data(simulator.control("GET", "state").utf8))
        return try #require((state as? [String: Any])?["placed"] as? [[String: Any]])
    }
}
