// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Which names an organization may order.
extension Books {
    /// Throws when some name is under no domain of this organization, or under none that is validated.
    ///
    /// - Returns: whether the order has to wait for a validation, which happens only where that is asked for.
    func checkDomains(_ names: [String], for organization: Organization) throws(Refusal) -> Bool {
        var waits = false
        for name in names {
            let covering = world.domains.filter { covers($0, name, organization) }
            guard !covering.isEmpty else {
                throw Refusal(-1010, "Domain is not allowed: \(name)")
            }
            let active = covering.filter { $0.active ?? true }
            guard !active.isEmpty else { throw .domainInactive }
            if active.contains(where: { isValidated($0) }) { continue }
            switch quirks.unvalidatedDomain {
            case .missing: throw Refusal(-107, "DCV is not completed for the domain: \(name)")
            case .expired: throw Refusal(-737, "DCV has expired for the domain: \(name)")
            case .waits: waits = true
            }
        }
        return waits
    }

    private func covers(_ domain: Domain, _ name: String, _ organization: Organization) -> Bool {
        var takers = [organization.id]
        if quirks.departmentsInherit, let parent = organization.parent { takers.append(parent) }
        let needed = DomainPrivilege.needed(for: name, under: domain.name)
        return domain.delegations.contains { delegation in
            guard let needed else { return false }
            return takers.contains(delegation.organization) && (delegation.status ?? "ACTIVE") == "ACTIVE"
                && (delegation.certificates?.contains("SSL") ?? true)
                && (delegation.privileges?.contains(needed.rawValue) ?? true)
        }
    }

    /// A domain counts as validated with its own entry, its star's, or that of a domain above it.
    func isValidated(_ domain: Domain) -> Bool {
        let base = DomainPrivilege.base(domain.name)
        return world.domains.contains { other in
            let otherBase = DomainPrivilege.base(other.name)
            guard base == otherBase || base.hasSuffix(".\(otherBase)") else { return false }
            return other.validation == .validated && (domainExpiry(other).map { $0 > now } ?? true)
        }
    }

    func domainExpiry(_ domain: Domain) -> Date? {
        domain.expiresInDays.map { start.addingTimeInterval(Double($0) * 86_400) }
    }
}

/// What a delegation has to allow for a name.
enum DomainPrivilege: String, CaseIterable, Sendable {
    case domain = "DOMAIN"
    case subdomain = "SUBDOMAIN"
    case wildcardFirstLevel = "WILDCARD_1ST_LEVEL"
    case wildcardSecondLevel = "WILDCARD_2ND_LEVEL"

    /// None when the name does not belong to the domain. A star entry covers what is below, not the domain itself.
    static func needed(for name: String, under domain: String) -> DomainPrivilege? {
        let (isStar, base) = (domain.hasPrefix("*."), base(domain))
        if name == base { return isStar ? nil : .domain }
        guard name.hasSuffix(".\(base)") else { return nil }
        guard name.hasPrefix("*.") else { return .subdomain }
        return Self.base(name) == base ? .wildcardFirstLevel : .wildcardSecondLevel
    }

    static func base(_ name: String) -> String { name.hasPrefix("*.") ? String(name.dropFirst(2)) : name }
}
