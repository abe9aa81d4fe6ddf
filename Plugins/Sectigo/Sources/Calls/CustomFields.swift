// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    /// The customer's own fields. Whether one is mandatory may differ by the way of asking: the newer list tells it for
    /// the REST API; where that list is empty or not to be had, the older one has to do.
    func customFields() async throws(ProviderError) -> [FieldDescription] {
        let purpose = "listing the custom fields"
        let newer = try await shown(
            ["customField", "v2"], purpose, query: [(name: "certType", value: "SSL")],
            as: [ListRow<NewerField>].self)
        if let newer, !newer.isEmpty { return newer.compactMap(\.readable).filter(\.isInUse).map(\.description) }
        let older = try await shown(["ssl", "v1", "customFields"], purpose, as: [ListRow<OlderField>].self)
        return (older ?? []).compactMap(\.readable)
            .map { FieldDescription(name: $0.name, isRequired: $0.mandatory ?? false, limit: 256) }
    }
}

private struct NewerField: Decodable, Sendable {
    struct Input: Decodable, Sendable {
        @Lenient var type: String?
        @Lenient var options: [String]?
    }

    @Lenient var name: String
    @Lenient var mandatories: [String]?
    @Lenient var mandatory: Bool?
    @Lenient var certType: String?
    @Lenient var state: String?
    var input: Input?

    /// Of server certificates: not every server heeds the filter.
    var isInUse: Bool {
        !["inactive", "disabled"].contains(state?.plainWord ?? "") && ["ssl", ""].contains(certType?.plainWord ?? "")
    }

    var description: FieldDescription {
        FieldDescription(
            name: name,
            isRequired: mandatories.map { $0.contains { $0.plainWord == "restapi" } } ?? mandatory ?? false,
            choices: input?.options ?? [], limit: 256, form: input?.type?.plainWord == "date" ? .date : nil)
    }
}

private struct OlderField: Decodable, Sendable {
    @Lenient var name: String
    @Lenient var mandatory: Bool?
}
