// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA
import PublicCATesting
import TemplateProvider

/// What the contract's checks need to know of this CA.
extension ProviderFixture {
    /// A CA of one check's own.
    static func template() -> ProviderFixture {
        let time = TestTime()
        let ca = TemplateCA()
        return ProviderFixture(
            open: { try account(at: ca, time) },
            request: { course in
                switch course {
                case .issued: order("dv")
                case .pending: order("ov", fields: ["unit": "Web"])
                case .finalizing: nil
                }
            },
            provoke: { provocation in
                if let network = TroubledTransport(ca, provocation) { return try account(at: network, time) }
                if provocation == .wrongCredentials { return try account(at: ca, time, token: canary) }
                ca.say("ripening")
                return try account(at: ca, time)
            },
            pass: { time.advance(by: $0) }, now: time.now, canary: canary)
    }

    private static let canary = "canary-7f3a"

    /// Opens an account as a host does.
    static func account(
        at transport: any HTTPTransport, _ time: TestTime = TestTime(), token: String = TemplateCA.token
    ) throws -> any PublicCAProvider {
        try ProviderPlugin.template.open(
            ProviderContext(
                settings: ProviderSettings(secrets: ["token": Secret(token)]), transport: transport,
                memory: TestMemory(), now: time.now))
    }

    private static func order(_ product: String, fields: [String: String] = [:]) -> OrderRequest {
        OrderRequest(
            key: OrderKey(UUID().uuidString),
            signingRequest: PaperMaterial.signingRequest(commonName: "www.example.org"),
            commonName: "www.example.org",
            alternativeNames: [.dnsName("www.example.org"), .dnsName("*.example.org"), .ipAddress("192.0.2.1")],
            profile: ProfileID(product), term: 100, fields: fields)
    }
}
