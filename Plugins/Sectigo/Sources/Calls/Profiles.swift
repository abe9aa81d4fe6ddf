// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    /// Asked for each organization, since a profile does not say whose it is. An empty list has been seen to pass.
    func profiles() async throws(ProviderError) -> [CertificateProfile] {
        let organizations = try await organizationNames()
        let fields = try await customFields()
        let lists = try await ConcurrentReads.all(organizations) { (organization) throws(ProviderError) in
            try await self.profiles(of: organization)
        }
        var profiles: [Int: CertificateProfile] = [:]
        for (organization, list) in zip(organizations, lists) {
            for answer in list {
                profiles[answer.id, default: answer.profile(fields)].organizations?
                    .append(OrganizationID("\(organization.id)"))
            }
        }
        return profiles.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension SectigoProvider {
    /// None for an organization whose API is switched off: SCM refuses to say.
    private func profiles(of organization: OrganizationName) async throws(ProviderError) -> [ProfileAnswer] {
        try await JSONCall(
            .get, ["ssl", "v1", "types"], "listing the profiles",
            query: [(name: "organizationId", value: "\(organization.id)")]
        ).send(to: reading, for: [ProfileAnswer].self) {
            FailureCodes.code(in: $0).map(FailureCodes.closedOrganization.contains) ?? false
        } ?? []
    }
}

private struct ProfileAnswer: Decodable, Sendable {
    var id: Int
    var name: String
    var terms: [Int]
    /// Kinds with their sizes, which are texts. Older servers do not tell.
    var keyTypes: [String: [String]]?

    func profile(_ fields: [FieldDescription]) -> CertificateProfile {
        CertificateProfile(
            id: ProfileID("\(id)"), name: name, terms: terms,
            keyAlgorithms: keyTypes.map { types in
                types.sorted { $0.key > $1.key }.flatMap { kind, sizes in sizes.map { KeyTypes.algorithm(kind, $0) } }
            }, organizations: [], fields: fields,
            limits: OrderLimits(comments: OrderComments.limit, requesterEmails: 512, reason: 512), checksDomains: true)
    }
}
