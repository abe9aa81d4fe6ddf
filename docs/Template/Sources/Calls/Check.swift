// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider {
    func check() async throws(ProviderError) -> AccountReport {
        let account = try await JSONCall(.get, ["account"], "checking the account")
            .send(to: endpoint, for: AccountAnswer.self)
        let missing = Set(["orders", "revocations"]).subtracting(account.rights).sorted()
        return AccountReport(
            roles: account.rights, warnings: missing.map { "The token lacks the right \"\($0)\"." },
            credentialsExpireAt: account.tokenExpires.flatMap { Dates.date($0) })
    }
}

private struct AccountAnswer: Decodable {
    var rights: [String]
    var tokenExpires: String?
}
