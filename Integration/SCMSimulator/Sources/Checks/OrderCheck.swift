// SPDX-License-Identifier: Apache-2.0

/// What SCM looks at before it takes an order: enrolment, renewal and replacement share it.
extension Books {
    /// The organization that an order is for, with its API switched on.
    func orderer(_ id: Int, for person: Administrator) throws(Refusal) -> Organization {
        let organization = try organization(id, for: person)
        guard organization.apiEnabled ?? true else { throw .organizationSwitchedOff }
        return organization
    }

    func profile(_ id: Int, for organization: Organization) throws(Refusal) -> Profile {
        guard let profile = world.profiles.first(where: { $0.id == id && offers($0, to: organization) }) else {
            throw Refusal(quirks.unknownProfileCode, "The certificate profile is not found: \(id)")
        }
        return profile
    }

    func offers(_ profile: Profile, to organization: Organization) -> Bool {
        guard let takers = profile.organizations else { return true }
        return takers.contains(organization.id) || (organization.parent.map { takers.contains($0) } ?? false)
    }

    func signingRequest(_ text: String, for profile: Profile) throws(Refusal) -> SigningRequest {
        let request = try SigningRequest(text)
        guard profile.allows(request.key) else {
            throw Refusal(-13, "The CSR's key is not supported: \(request.key.algorithm) \(request.key.size)")
        }
        return request
    }

    /// The common name first and every name once. Names that stand in the CSR alone are dropped, as SCM does.
    func names(commonName: String?, others: [String]) throws(Refusal) -> [String] {
        var names: [String] = []
        for name in [commonName].compactMap({ $0 }) + others {
            let plain = name.lowercased().filter { !$0.isWhitespace }
            if !plain.isEmpty, !names.contains(plain) { names.append(plain) }
        }
        guard !names.isEmpty else { throw Refusal(-138, "The CSR is invalid: it has no common name") }
        return names
    }

    func customValues(_ body: Body) throws(Refusal) -> [Enrolment.CustomValue] {
        var values: [Enrolment.CustomValue] = []
        for field in try body.objects("customFields") ?? [] {
            guard let name = field["name"]?.text, let value = field["value"]?.text else { throw .unreadableBody }
            guard world.customFields.contains(where: { $0.name == name }) else {
                throw Refusal(-135, "Custom field not found: \(name)")
            }
            guard !values.contains(where: { $0.name == name }) else {
                throw Refusal(-134, "Duplicate custom field: \(name)")
            }
            guard value.count <= 256 else { throw Refusal(-131, "Custom field is too long: \(name)") }
            values.append(.init(name: name, value: value))
        }
        return values
    }

    func checkMandatory(_ values: [Enrolment.CustomValue]) throws(Refusal) {
        for field in world.customFields where field.mandatories.contains("REST_API") {
            guard values.contains(where: { $0.name == field.name && !$0.value.isEmpty }) else {
                throw Refusal(-62, "Mandatory custom field is missing: \(field.name)")
            }
        }
    }

    /// Ways of validation may be named though the customer validates beforehand; a wrong one is refused all the same.
    func checkValidationWay(_ body: Body) throws(Refusal) {
        guard let way = try body.text("dcvMode") else { return }
        guard ["CNAME", "EMAIL", "HTTP", "HTTPS", "TXT", "AUTO"].contains(way) else { throw .invalid("dcvMode") }
        if way == "EMAIL" { _ = try body.requiredText("dcvEmail") }
    }
}
