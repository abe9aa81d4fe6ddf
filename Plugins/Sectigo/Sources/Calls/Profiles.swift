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

    /// None for an organization whose API is switched off: SCM refuses to say.
    private func profiles(of organization: OrganizationName) async throws(ProviderError) -> [ProfileAnswer] {
        let rows = try await shown(
            ["ssl", "v1", "types"], "listing the profiles",
            query: [(name: "organizationId", value: "\(organization.id)")], as: [ListRow<ProfileAnswer>].self)
        return (rows ?? []).compactMap(\.readable)
    }
}

/// A profile, in the list of them and in the details of a certificate. Older servers tell no more than id, name and terms.
struct ProfileAnswer: Decodable, Sendable {
    @Lenient var id: Int
    @Lenient var name: String?
    @Lenient var terms: [Int]?
    /// Kinds with their sizes.
    @Lenient var keyTypes: [String: [String]]?

    func profile(_ fields: [FieldDescription]) -> CertificateProfile {
        CertificateProfile(
            id: ProfileID("\(id)"), name: name ?? "\(id)", terms: terms ?? [], keyAlgorithms: algorithms,
            organizations: [], fields: fields,
            limits: OrderLimits(comments: OrderComments.limit, requesterEmails: 512, reason: 512), checksDomains: true)
    }

    /// `nil` where nothing is told, which is not the same as nothing being offered.
    private var algorithms: [KeyAlgorithm]? {
        guard let keyTypes else { return nil }
        let all = keyTypes.sorted { $0.key > $1.key }.flatMap { kind, sizes in
            sizes.map { KeyTypes.algorithm(kind, $0) }
        }
        return all.isEmpty ? nil : all
    }
}
