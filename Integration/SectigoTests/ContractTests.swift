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
            let account = try SimulatedAccount(simulator)
            let report = await ConformanceReport(with: account.fixture { try Self.provoke($0, account) })
            print(report)
            #expect(report.failures.isEmpty)
            #expect(report.notApplicable == Self.notApplicable)
        }
    }

    /// SCM has no second write, and does not say what becomes of a replaced certificate.
    static let notApplicable = [
        "an order that is ready takes its signing request and is issued",
        "what a reissue replaces fares as declared",
        "a signing request whose answer is lost is in doubt, and arrived",
    ]

    private static func provoke(
        _ provocation: ProviderFixture.Provocation, _ account: SimulatedAccount
    ) throws -> any PublicCAProvider {
        let writes = #""method": "POST", "path": "/api/ssl""#
        switch provocation {
        case .lostReply: try account.fault(#"{"kind": "loseAnswer", \#(writes)}"#)
        case .serverError: try account.fault(#"{"kind": "badGateway", "acts": true, \#(writes)}"#)
        case .unreadableReply: try account.fault(#"{"kind": "truncated", "acts": true, \#(writes)}"#)
        case .hang: try account.fault(#"{"kind": "hang", "acts": true, "milliseconds": 60000, \#(writes)}"#)
        case .rateLimit: try account.fault(#"{"kind": "tooManyRequests", "retryAfter": 7, "path": "/api"}"#)
        case .wrongCredentials: return try account.open(password: SimulatedAccount.wrongPassword)
        case .unknownWord: try account.sayUnknownWord()
        }
        return try account.open()
    }
}

extension ConformanceReport {
    var notApplicable: [String] {
        rows.compactMap { row in
            if case .success(.notApplicable) = row.result { row.promise } else { nil }
        }
    }
}
