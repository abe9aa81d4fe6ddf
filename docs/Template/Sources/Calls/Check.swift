// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider {
    func check() async throws(ProviderError) -> AccountReport {
        let account = try await JSONCall(.get, ["account"], "checking the account")
            .send(to: endpoint, for: AccountAnswer.self)
        return AccountReport(
            roles: account.rights, credentialsExpireAt: account.tokenExpires.flatMap { Dates.date($0) },
            restrictions: neededRights.filter { !account.rights.contains($0.right) }.map {
                Restriction($0.operation, "the token lacks the right \"\($0.right)\"")
            })
    }
}

/// What cannot be done without a right is refused before it is tried.
private let neededRights: [(operation: AccountOperation, right: String)] = [
    (.order, "orders"), (.cancel, "orders"), (.revoke, "revocations"),
]

private struct AccountAnswer: Decodable {
    var rights: [String]
    var tokenExpires: String?
}
