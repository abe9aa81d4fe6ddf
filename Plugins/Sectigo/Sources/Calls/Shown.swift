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
        let reply = try await JSONCall(.get, path, purpose, query: query)
            .send(to: reading, orWhere: FailureCodes.isForbidden)
        guard reply.response.status.kind == .successful else { return nil }
        guard let answer = reply.json(type) else {
            throw ProviderError(.transient(retryAfter: nil), "\(purpose): SCM's answer cannot be understood")
        }
        return answer
    }
}
