// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

/// One account at SCM. The calls are in `Calls`, one file each; SCM's words and numbers in `Mapping`.
///
/// Facts come from the classic REST reference 25.5 and the OpenAPI document 25.9.2, as far as they agree; where they do
/// not, every reading is accepted.
struct SectigoProvider: PublicCAProvider {
    /// Reads, writes and checks differ in what a refusal may mean.
    private(set) var reading: JSONEndpoint
    let writing: JSONEndpoint
    private let checking: JSONEndpoint
    let login: SectigoLogin
    /// Sent with whatever is bought, where it is set.
    let dcvMode: String?
    let now: @Sendable () -> Date

    /// How long an order may be missing from the list. SCM says nothing of it; listings have been seen to lag by seconds.
    static let settleTime = Duration.seconds(60)

    init(_ context: ProviderContext) throws(SettingError) {
        let login = try SectigoLogin(context.settings)
        self.login = login
        dcvMode = try context.settings.optional(SectigoSettings.dcvMode)
        now = context.now
        let written = try context.settings(SectigoSettings.address)
        let address = login.address(written)
        var tokens: BearerTokens?
        if case .key(let id, let secret) = login {
            tokens = try BearerTokens(
                address: try context.settings(SectigoSettings.tokenAddress), clientID: id, clientSecret: secret,
                context: context)
        }
        func endpoint(_ use: FailureCodes.Use) throws(SettingError) -> JSONEndpoint {
            try JSONEndpoint(
                address: address, written: written, context: context, headers: login.headers, secrets: login.secrets,
                tokens: tokens, settle: Self.settleTime,
                refine: { login.explain(FailureCodes.refine($0, $1, as: use), $0) })
        }
        reading = try endpoint(.read)
        writing = try endpoint(.write)
        checking = try endpoint(.check)
    }

    /// The same account, for readings that every login may make: what is refused then is the login.
    var forCheck: SectigoProvider {
        var provider = self
        provider.reading = checking
        return provider
    }
}
