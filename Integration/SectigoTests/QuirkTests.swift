// SPDX-License-Identifier: Apache-2.0

import PublicCA
import SCMSimulator
import Testing

/// Servers differ, and the provider does not: each knob of the simulator that it could feel, turned from its default.
struct QuirkTests {
    private static let quirks = [
        "{}", #"{"pendingAnswer": "notCollectable", "collectLagSeconds": 30}"#,
        #"{"pendingAnswer": "requestBeingProcessed", "collectLagSeconds": 30}"#,
        #"{"pendingAnswer": "emptyOK", "collectLagSeconds": 30}"#, #"{"collectLagSeconds": 30}"#,
        #"{"replacementCollect": "pending"}"#, #"{"replaceSeconds": 0}"#, #"{"replaceSeconds": 3600}"#,
        #"{"statusAfterReplace": "Replaced"}"#, #"{"unknownID": "badRequest"}"#, #"{"unknownID": "wrongID"}"#,
        #"{"unknownProfileCode": -39}"#, #"{"listLagSeconds": 5}"#, #"{"listOrder": "oldestFirst"}"#,
        #"{"nameMatching": "exact"}"#, #"{"strictFilters": true}"#, #"{"defaultSize": 1}"#, #"{"dates": "iso"}"#,
        #"{"dates": "isoTime"}"#, #"{"errors": "plainText"}"#, #"{"errors": "empty"}"#,
        #"{"reasonCodeMandatory": true}"#, #"{"reasonCodeForm": "word"}"#, #"{"emptyReplaceReasonAllowed": true}"#,
        #"{"strictRenewBody": false}"#, #"{"renewalKeepsComments": true}"#, #"{"addWWW": true}"#, #"{"crlf": true}"#,
        #"{"finalNewline": false}"#, #"{"crlf": true, "finalNewline": false}"#, #"{"crossSignedRoot": true}"#,
        #"{"rootFirst": false}"#, #"{"authorityKey": "RSA"}"#, #"{"plainSerials": true}"#, #"{"fullProfiles": false}"#,
        #"{"noProfiles": true}"#, #"{"domainForm": "readable"}"#, #"{"challenge": "field"}"#,
        #"{"challenge": "none"}"#, #"{"tokenTellsExpiry": false}"#,
    ]

    private func serve(
        _ quirks: String, _ body: @escaping @Sendable (SimulatedAccount) async throws -> Void
    ) async throws {
        let settings = try SimulatorSettings(json: #"{"tls": true, "seed": 3, "quirks": \#(quirks)}"#)
        try await SCMSimulator.serve(settings) { try await body(try SimulatedAccount($0)) }
    }

    @Test(arguments: quirks)
    func `a certificate has the same life, whatever the server is like`(_ quirks: String) async throws {
        try await serve(quirks) { account in
            let provider = try account.open(quirks.contains("token") ? .key : .password)
            let life = ShortLife(account: account, provider: provider)
            #expect(try await provider.check().roles == ["MRAO"])
            #expect(try await provider.profiles().isEmpty == quirks.contains("noProfiles"))
            let domains = try await provider.domains?.listDomains(after: nil).items ?? []
            #expect(domains.filter { $0.isValidated == true }.count == 6)
            try await life.isRefused()
            try await life.run(names: quirks.contains("addWWW") ? [] : ["api"])
        }
    }

    @Test(arguments: ["unknownUser", "wrongLogin", "customerNotFound", "emptyBody", "plainText"])
    func `a refused login is one, however it is said`(_ form: String) async throws {
        try await serve(#"{"wrongPassword": "\#(form)"}"#) { account in
            let provider = try account.open(password: SimulatedAccount.wrongPassword)
            let error = await #expect(throws: ProviderError.self) { try await provider.check() }
            #expect(error?.disposition == .account)
        }
    }

    @Test(arguments: ["missing", "expired", "waits"])
    func `a domain that is not validated ends an order or holds it up`(_ form: String) async throws {
        try await serve(#"{"unvalidatedDomain": "\#(form)"}"#) { account in
            let provider = try account.open()
            var request = try await account.request("501")
            request.alternativeNames.append(.dnsName("shop.example.edu"))
            do {
                let order = try await provider.place(request)
                #expect(form == "waits")
                #expect(try await provider.order(order).state == .processing)
            } catch let error as ProviderError {
                #expect(form != "waits" && error.disposition == .rejected)
            }
        }
    }
}
