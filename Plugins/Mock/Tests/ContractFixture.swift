// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA
import PublicCATesting

extension ProviderFixture {
    /// A mock CA of one check's own.
    ///
    /// - Parameters:
    ///   - shape: how this CA differs, without breaking a promise.
    ///   - unknownOrder: how this CA writes a reference that it does not have.
    ///   - disguise: put around every account that the check gets.
    static func mock(
        _ shape: Set<Mischief> = [], existing: Bool = true, unknownOrder: String = "999999999999",
        disguise: @escaping @Sendable (MockProvider) -> any PublicCAProvider = { $0 }
    ) -> ProviderFixture {
        let time = TestTime()
        let ca = MockCA(now: time.now, hasExistingOrders: existing)
        ca.mischief = shape
        return ProviderFixture(
            open: {
                // What was brought about for the check before this one, and did not strike, is over.
                ca.mischief = shape
                return disguise(ca.provider)
            },
            request: { course in
                let profile =
                    switch course {
                    case .issued: "Mock OV"
                    case .pending: "Mock Approval"
                    case .finalizing: "Mock Finalizing"
                    }
                let names = ["www.example.org", "192.0.2.1", "2001:db8::7", "*.example.org"]
                var request = try Wish(names, profile: profile).request
                request.organization = OrganizationID("100")
                request.requesterEmails = ["ann@example.org", "bob@example.org"]
                return request
            },
            provoke: { provocation in
                switch provocation {
                case .lostReply, .serverError, .unreadableReply:
                    // All one to a caller of the mock CA.
                    ca.mischief = shape
                    ca.play(.lostReply, times: 1)
                    ca.play(.lostRevocation, times: 1)
                case .hang: ca.play(.acceptAndHang, times: 1)
                case .rateLimit: ca.play(.rateLimit, times: 1)
                case .unknownWord: ca.play(.unknownWords, times: 1)
                case .wrongCredentials: return disguise(try locked(time))
                }
                return disguise(ca.provider)
            },
            pass: { time.advance(by: $0) }, now: time.now, canary: canary,
            unknownOrder: OrderReference(unknownOrder), unknownCertificate: CertificateReference(unknownOrder))
    }

    static let canary = "canary-7f3a"

    /// An account whose password is wrong.
    private static func locked(_ time: TestTime) throws -> MockProvider {
        let context = ProviderContext(
            settings: ProviderSettings(secrets: ["password": Secret(canary)]), transport: ReplayTransport([]),
            memory: TestMemory(), now: time.now)
        guard let provider = try ProviderPlugin.mock.open(context) as? MockProvider else {
            throw SettingError(["the plugin opens another provider"])
        }
        return provider
    }
}
