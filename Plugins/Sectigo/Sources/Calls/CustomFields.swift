// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    /// The customer's own fields. Whether one is mandatory may differ by the way of asking: the newer list tells it for
    /// the REST API; where that list is not to be had, the older one has to do.
    func customFields() async throws(ProviderError) -> [FieldDescription] {
        let newer = try await JSONCall(
            .get, ["customField", "v2"], "listing the custom fields", query: [(name: "certType", value: "SSL")]
        ).send(to: reading) { (400...404).contains($0.response.status.code) && $0.response.status != .unauthorized }
        if newer.response.status.kind == .successful, let fields = newer.json([NewerField].self) {
            return fields.filter(\.isInUse).map(\.description)
        }
        return try await JSONCall(.get, ["ssl", "v1", "customFields"], "listing the custom fields")
            .send(to: reading, for: [OlderField].self)
            .map { FieldDescription(name: $0.name, isRequired: $0.mandatory ?? false, limit: 256) }
    }
}

private struct NewerField: Decodable {
    struct Input: Decodable {
        var type: String?
        var options: [String]?
    }

    var name: String
    var mandatories: [String]?
    var state: String?
    var input: Input?

    var isInUse: Bool { state.map { !["INACTIVE", "DISABLED"].contains($0.uppercased()) } ?? true }

    var description: FieldDescription {
        FieldDescription(
            name: name, isRequired: mandatories?.contains("REST_API") ?? false, choices: input?.options ?? [],
            limit: 256, form: input?.type?.uppercased() == "DATE" ? .date : nil)
    }
}

private struct OlderField: Decodable {
    var name: String
    var mandatory: Bool?
}
