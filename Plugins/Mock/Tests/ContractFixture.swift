// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA
import PublicCATesting

extension ProviderFixture {
    /// A mock CA of one check's own.
    ///
    /// - Parameters:
    ///   - shape: how this CA differs, without breaking a promise.
    ///   - disguise: put around every account that the check gets.
    static func mock(
        _ shape: Set<Mischief> = [], existing: Bool = true,
        disguise: @escaping @Sendable (MockProvider) -> any PublicCAProvider = { $0 }
    ) -> ProviderFixture {
        let time = TestTime()
        let ca = MockCA(now: time.now, hasExistingOrders: existing)
        ca.mischief = shape
        return ProviderFixture(
            open: { disguise(ca.provider) },
            request: { course in
                let profile =
                    switch course {
                    case .issued: "Mock OV"
                    case .pending: "Mock Approval"
                    case .finalizing: "Mock Finalizing"
                    }
                return try Wish("www.example.org", "192.0.2.1", "*.example.org", profile: profile).request
            },
            provoke: { provocation in
                switch provocation {
                case .lostReply: ca.play(.lostReply, times: 1)
                case .hang: ca.play(.acceptAndHang, times: 1)
                case .rateLimit: ca.play(.rateLimit, times: 1)
                case .unknownWord: ca.play(.unknownWords, times: 1)
                case .wrongCredentials: return disguise(try locked(time))
                }
                return disguise(ca.provider)
            },
            pass: { time.advance(by: $0) }, now: time.now, canary: canary)
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
