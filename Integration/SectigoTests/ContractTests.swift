// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA
import PublicCATesting
import SCMSimulator
import Testing

struct ContractTests {
    @Test func `the provider keeps the contract at the simulated SCM`() async throws {
        let settings = try SimulatorSettings(json: #"{"tls": true, "seed": 5}"#)
        try await SCMSimulator.serve(settings) { simulator in
            let report = await ConformanceReport(with: try Self.fixture(SimulatedAccount(simulator)))
            print(report)
            #expect(report.failures.isEmpty)
        }
    }

    private static func fixture(_ account: SimulatedAccount) -> ProviderFixture {
        ProviderFixture(
            open: { try account.open() },
            request: { course in
                switch course {
                case .issued: try await account.request("501")
                case .pending: try await account.request("503")
                case .finalizing: nil
                }
            },
            provoke: { provocation in try provoke(provocation, account) },
            pass: { duration in
                do { try account.pass(duration) } catch { Issue.record(error, "the simulated clock did not move") }
            },
            now: { account.now }, canary: SimulatedAccount.password, unknownOrder: OrderReference("999999999"),
            unknownCertificate: CertificateReference("999999999"))
    }

    private static func provoke(
        _ provocation: ProviderFixture.Provocation, _ account: SimulatedAccount
    ) throws -> (any PublicCAProvider)? {
        let writes = #""method": "POST", "path": "/api/ssl""#
        switch provocation {
        case .lostReply: try account.fault(#"{"kind": "loseAnswer", \#(writes)}"#)
        case .serverError: try account.fault(#"{"kind": "badGateway", "acts": true, \#(writes)}"#)
        case .unreadableReply: try account.fault(#"{"kind": "truncated", "acts": true, \#(writes)}"#)
        case .hang: try account.fault(#"{"kind": "hang", "acts": true, "milliseconds": 60000, \#(writes)}"#)
        case .rateLimit: try account.fault(#"{"kind": "tooManyRequests", "retryAfter": 7, "path": "/api"}"#)
        case .wrongCredentials: return try account.open(password: "wrong-" + SimulatedAccount.password)
        case .unknownWord:
            return nil
        }
        return try account.open()
    }
}
