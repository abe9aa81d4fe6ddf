// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    /// Asked for each organization, since a profile does not say whose it is.
    ///
    /// Where none are told, a department has its organization's; an organization may order whatever there is, as far as is
    /// known here, and SCM decides.
    func profiles() async throws(ProviderError) -> [CertificateProfile] {
        let organizations = try await organizationNames()
        let fields = try await customFields()
        let lists = try await ConcurrentReads.all(organizations) { (organization) throws(ProviderError) in
            try await self.profiles(of: organization)
        }
        let all = lists.compactMap(\.self).flatMap(\.self)
        var profiles = Dictionary(all.map { ($0.id, $0.profile(fields)) }) { first, _ in first }
        var told: [Int: Set<Int>] = [:]
        for (organization, list) in zip(organizations, lists) {
            if let list { told[organization.id] = Set(list.map(\.id)) }
        }
        for organization in organizations {
            let offered = told[organization.id] ?? organization.parent.flatMap { told[$0] } ?? Set(profiles.keys)
            for profile in offered {
                profiles[profile]?.organizations?.append(OrganizationID("\(organization.id)"))
            }
        }
        return profiles.sorted { $0.key < $1.key }.map(\.value)
    }

    /// None where the organization's API is switched off. Otherwise an empty list has been seen to pass, and a refused one
    /// says nothing: `nil`.
    private func profiles(of organization: OrganizationName) async throws(ProviderError) -> [ProfileAnswer]? {
        let rows = try await shown(
            ["ssl", "v1", "types"], "listing the profiles",
            query: [(name: "organizationId", value: "\(organization.id)")], as: [ListRow<ProfileAnswer>].self)
        let profiles = (rows ?? []).compactMap(\.readable)
        if !profiles.isEmpty { return profiles }
        return try await details(of: organization)?.sslCertsApiEnabled == false ? [] : nil
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
