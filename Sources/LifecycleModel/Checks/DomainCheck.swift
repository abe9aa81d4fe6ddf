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
    private static let issuance: Duration = .hours(7 * 24)
    /// What was read so lately is not likely to be older than a mismatch.
    private static let fresh: Duration = .seconds(300)

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

    /// What is right now and may not be when the CA comes to it.
    public func warnings(with names: [SubjectAlternativeName]) -> [String] {
        let end = now.advanced(by: Self.issuance)
        let short = checked(names).compactMap { name in
            let validated = domains.compactMap { Coverage($0, of: name) }.map(\.domain).filter { $0.isUsable(at: now) }
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
        let holder = holder(for: organization)
        if covering.contains(where: { $0.isDelegated(to: holder) }) { return nil }
        let whom = organization.map { "organization \(title(of: $0))" } ?? "any organization"
        let nearest = covering.max { $0.domain.name.count < $1.domain.name.count }?.domain.name ?? ""
        let held = covering.filter { $0.isDelegated(to: holder, for: nil) }
        guard let first = held.first else {
            return problem(
                "domain \(nearest) of name \(name) is not delegated to \(whom)", "delegate it at the CA")
        }
        return problem(
            "name \(name) is a \(first.kind.words), which the delegation of \(first.domain.name) to \(whom) leaves out",
            "widen the delegation at the CA")
    }

    /// Proof of control of a domain holds for the names below it (Baseline Requirements §3.2.2.4), so that any entry
    /// above the name will do, whoever it is delegated to.
    private func validationProblem(_ name: String, _ covering: [Coverage]) -> RequestProblem? {
        if covering.contains(where: { $0.domain.isUsable(at: now) }) { return nil }
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

    /// Whose delegations count: the organization's own, or those of the one above it where the CA lists none of its own.
    ///
    /// At Sectigo departments are organizations with an id of their own, which an order names (GET
    /// `/api/organization/v1`), and a domain's `delegations` name organizations and departments alike (GET
    /// `/api/domain/v1/ID`). What a department without any may order is not written down anywhere; the CA has the
    /// last word.
    private func holder(for organization: OrganizationID?) -> OrganizationID? {
        var holder = organization
        var seen: Set<OrganizationID> = []
        while let id = holder, seen.insert(id).inserted {
            let hasOwn = domains.contains { domain in domain.delegations?.contains { $0.organization == id } == true }
            guard !hasOwn, let parent = organizations.first(where: { $0.id == id })?.parent else { return id }
            holder = parent
        }
        return organization
    }

    private func title(of organization: OrganizationID) -> String {
        organizations.first { $0.id == organization }.map { "\"\($0.name)\" (\(organization))" } ?? "\(organization)"
    }

    private func problem(_ message: String, _ remedy: String) -> RequestProblem {
        let age = now.timeIntervalSince(readAt)
        guard age > Double(Self.fresh.components.seconds) else { return RequestProblem(message, hint: remedy) }
        let text =
            age < 7200
            ? "\(Int(age / 60)) minutes" : age < 172_800 ? "\(Int(age / 3600)) hours" : "\(Int(age / 86400)) days"
        return RequestProblem(
            message, hint: "\(remedy), or, as the domains were read \(text) ago, publicca account sync \(account)")
    }
}

/// A domain entry that speaks for a name, and which kind of name that is to it.
private struct Coverage {
    var domain: RegisteredDomain
    var kind: DelegatedName

    init?(_ domain: RegisteredDomain, of name: String) {
        let isStar = domain.name.hasPrefix("*.")
        let base = isStar ? String(domain.name.dropFirst(2)) : domain.name
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

    /// Whether the holder, or anybody where there is none, may order this kind of name, or any kind where none is given.
    func isDelegated(to holder: OrganizationID?, for kind: DelegatedName?) -> Bool {
        guard let delegations = domain.delegations else { return true }
        return delegations.contains { delegation in
            delegation.isInForce && (holder == nil || delegation.organization == holder)
                && (kind.map { delegation.names.contains($0) } ?? true)
        }
    }

    func isDelegated(to holder: OrganizationID?) -> Bool { isDelegated(to: holder, for: kind) }
}

extension RegisteredDomain {
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
