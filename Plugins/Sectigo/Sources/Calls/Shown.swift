// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    /// What SCM shows at a path; `nil` where it is not for this account, or is not there. What an account may see depends
    /// on its role, and which calls there are on the host.
    func shown<Answer: Decodable>(
        _ path: [String], _ purpose: String, query: [(name: String, value: String)] = [], as type: Answer.Type
    ) async throws(ProviderError) -> Answer? {
        try await JSONCall(.get, path, purpose, query: query)
            .send(to: reading, for: type, orNothingWhere: FailureCodes.isForbidden)
    }
}
