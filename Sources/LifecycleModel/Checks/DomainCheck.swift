// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// Whether a CA will take the names of an order, by the domains that it lists for the account.
///
/// Addresses are passed over: no CA lists them among its domains.
public struct DomainCheck: Hashable, Sendable {
    /// The account that was synced.
    public var account: String
    /// As listed; vanished ones left out.
    public var domains: [RegisteredDomain]
    /// For their names, and for the parents of departments.
    public var organizations: [Organization]
    /// When the domains were last read in full.
    public var readAt: Date
    public var now: Date

    /// Certificates are usually there within so many days, approval by people included.
    static let issuance: Duration = .hours(7 * 24)

    public init(
        account: String, domains: [RegisteredDomain], organizations: [Organization], readAt: Date, now: Date
    ) {
        self.account = account
        self.domains = domains
        self.organizations = organizations
        self.readAt = readAt
        self.now = now
    }

    /// One for each name that the CA would refuse.
    ///
    /// - Parameter organization: for whom the order is; `nil` where it is for nobody in particular.
    public func problems(
        with names: [SubjectAlternativeName], for organization: OrganizationID?
    ) -> [RequestProblem] {
        checked(names).compactMap { name in
            let covering = domains.compactMap { Coverage($0, of: name) }
            guard !covering.isEmpty else {
                return problem("name \(name) is under no domain of account \(account)", "add its domain at the CA")
            }
            return delegationProblem(name, covering, organization) ?? validationProblem(name, covering)
        }
    }

    /// What is right now and may not be when the CA comes to it, or is not sure to be right for the CA.
    public func warnings(with names: [SubjectAlternativeName], for organization: OrganizationID?) -> [String] {
        checked(names).compactMap { inheritanceWarning($0, organization) } + expiryWarnings(names)
    }

    /// For a department that has domains of its own: whether it may use those of its organization as well is not written
    /// down anywhere.
    private func inheritanceWarning(_ name: String, _ organization: OrganizationID?) -> String? {
        guard let organization, hasDelegation(organization) else { return nil }
        let covering = domains.compactMap { Coverage($0, of: name) }
        guard !covering.isEmpty, !covering.contains(where: { $0.isDelegated(to: [organization]) }) else { return nil }
        return
            "name \(name) is delegated to the organization above \(title(of: organization)) alone: the CA may refuse it"
    }

    private func expiryWarnings(_ names: [SubjectAlternativeName]) -> [String] {
        let end = now.advanced(by: Self.issuance)
        let short = checked(names).compactMap { name in
            let validated = domains.filter { $0.proves(name) && $0.isUsable(at: now) }
            // The longest counts; one without a date is not known to end.
            let longest = validated.max {
                ($0.validationExpiresAt ?? .distantFuture) < ($1.validationExpiresAt ?? .distantFuture)
            }
            return longest.flatMap { domain in domain.validationExpiresAt.map { (domain.name, $0) } }
        }.filter { $0.1 < end }
        var told: Set<String> = []
        return short.filter { told.insert($0.0).inserted }.map { domain, date in
            "the validation of domain \(domain) ends on \(date.day): the order may wait for a new one"
        }
    }

    /// The names that are domain names, as text.
    private func checked(_ names: [SubjectAlternativeName]) -> [String] {
        names.compactMap { name in
            if case .dnsName(let text) = name { return text }
            return nil
        }
    }

    private func delegationProblem(
        _ name: String, _ covering: [Coverage], _ organization: OrganizationID?
    ) -> RequestProblem? {
        let holders = organization.map { self.holders(for: $0) }
        if covering.contains(where: { $0.isDelegated(to: holders) }) { return nil }
        let whom = organization.map { "organization \(title(of: $0))" } ?? "any organization"
        let nearest = covering.max { $0.domain.name.count < $1.domain.name.count }?.domain.name ?? ""
        let held = covering.filter { $0.isDelegated(to: holders, for: nil) }
        guard let first = held.first else {
            return problem(
                "domain \(nearest) of name \(name) is not delegated to \(whom)", "delegate it at the CA")
        }
        return problem(
            "name \(name) is a \(first.kind.words), which the delegation of \(first.domain.name) to \(whom) leaves out",
            "widen the delegation at the CA")
    }

    /// Proof of control of a domain holds for the names below it (Baseline Requirements §3.2.2.4), so that any entry
    /// above the name will do, whoever it is delegated to; one with a star was proved by the domain itself.
    private func validationProblem(_ name: String, _ covering: [Coverage]) -> RequestProblem? {
        if domains.contains(where: { $0.proves(name) && $0.isUsable(at: now) }) { return nil }
        guard let nearest = covering.max(by: { $0.domain.name.count < $1.domain.name.count })?.domain else {
            return nil
        }
        if nearest.isValidated != false, let end = nearest.validationExpiresAt {
            return problem(
                "the validation of domain \(nearest.name) of name \(name) ended on \(end.day)", "validate it at the CA")
        }
        let words = [nearest.status, nearest.validationStatus].filter { !$0.isEmpty }.joined(separator: ", ")
        return problem(
            "domain \(nearest.name) of name \(name) is not validated for orders\(words.isEmpty ? "" : " (\(words))")",
            "validate it at the CA")
    }

    /// Whose delegations count: the organization's own, and those of the ones above it.
    ///
    /// At Sectigo departments are organizations with an id of their own, which an order names (GET
    /// `/api/organization/v1`), and a domain's `delegations` name organizations and departments alike (GET
    /// `/api/domain/v1/ID`). Whether a department may use its organization's domains is not written down anywhere; a
    /// refusal costs nothing, so that the CA has the last word.
    private func holders(for organization: OrganizationID) -> Set<OrganizationID> {
        var holders: Set<OrganizationID> = []
        var next: OrganizationID? = organization
        while let id = next, holders.insert(id).inserted { next = parent(of: id) }
        return holders
    }

    private func parent(of organization: OrganizationID) -> OrganizationID? {
        organizations.first { $0.id == organization }?.parent
    }

    private func hasDelegation(_ organization: OrganizationID) -> Bool {
        domains.contains { domain in domain.delegations?.contains { $0.organization == organization } == true }
    }

    private func title(of organization: OrganizationID) -> String {
        organizations.first { $0.id == organization }.map { "\"\($0.name)\" (\(organization))" } ?? "\(organization)"
    }

    private func problem(_ message: String, _ remedy: String) -> RequestProblem {
        let age = CatalogAge(account: account, catalog: .domains, readAt: readAt, now: now)
        return RequestProblem(message, hint: age.hint(remedy))
    }
}

/// A domain entry that speaks for a name, and which kind of name that is to it.
private struct Coverage {
    var domain: RegisteredDomain
    var kind: DelegatedName

    init?(_ domain: RegisteredDomain, of name: String) {
        let isStar = domain.name.hasPrefix("*.")
        let base = domain.base
        let isWildcard = name.hasPrefix("*.")
        let host = isWildcard ? String(name.dropFirst(2)) : name
        self.domain = domain
        switch (isWildcard, host == base, host.hasSuffix(".\(base)")) {
        case (false, true, _) where !isStar: kind = .domain
        case (false, _, true): kind = .subdomain
        case (true, true, _): kind = .wildcard
        case (true, _, true): kind = .deeperWildcard
        default: return nil
        }
    }

    /// Whether one of the holders, or anybody where there are none, may order this kind of name, or any kind where none is
    /// given.
    func isDelegated(to holders: Set<OrganizationID>?, for kind: DelegatedName?) -> Bool {
        guard let delegations = domain.delegations else { return true }
        return delegations.contains { delegation in
            delegation.isInForce && holders?.contains(delegation.organization) ?? true
                && (kind.map { delegation.names.contains($0) } ?? true)
        }
    }

    func isDelegated(to holders: Set<OrganizationID>?) -> Bool { isDelegated(to: holders, for: kind) }
}

extension RegisteredDomain {
    /// The domain itself, without a star.
    fileprivate var base: String { name.hasPrefix("*.") ? String(name.dropFirst(2)) : name }

    /// Whether control of this domain is control of a name.
    fileprivate func proves(_ name: String) -> Bool {
        let host = name.hasPrefix("*.") ? String(name.dropFirst(2)) : name
        return host == base || host.hasSuffix(".\(base)")
    }

    /// Whether its validation, as far as the CA tells of one, holds.
    fileprivate func isUsable(at now: Date) -> Bool {
        isValidated != false && (validationExpiresAt.map { $0 > now } ?? true)
    }
}

extension DelegatedName {
    fileprivate var words: String {
        switch self {
        case .domain: "domain itself"
        case .subdomain: "subdomain"
        case .wildcard: "wildcard"
        case .deeperWildcard: "wildcard below the first level"
        }
    }
}

extension Date {
    /// The day in UTC, as `yyyy-MM-dd`.
    var day: String { formatted(.iso8601.year().month().day()) }
}
