// SPDX-License-Identifier: Apache-2.0

public import PublicCA

/// Everything that can be wrong with an order before a CA is asked, found at once and before anything is paid.
public struct RequestCheck: Hashable, Sendable {
    public var profile: CertificateProfile
    /// The account's organizations; `nil` where the CA has none.
    public var organizations: [Organization]?
    /// The account's domains; `nil` where they are not known here. Asked only by a profile that is bound to them.
    public var domains: DomainCheck?
    /// How old the profile and the organizations are; `nil` where that is not known.
    public var profilesAge: CatalogAge?
    public var organizationsAge: CatalogAge?

    public init(
        profile: CertificateProfile, organizations: [Organization]?, domains: DomainCheck? = nil,
        profilesAge: CatalogAge? = nil, organizationsAge: CatalogAge? = nil
    ) {
        self.profile = profile
        self.organizations = organizations
        self.domains = domains
        self.profilesAge = profilesAge
        self.organizationsAge = organizationsAge
    }

    /// - Parameters:
    ///   - signingRequest: the facts of a CSR that the caller gave; `nil` when one will be made here.
    public func problems(with details: OrderDetails, signingRequest: SigningRequestFacts?) -> [RequestProblem] {
        contentProblems(details) + organizationProblems(details) + peopleProblems(details) + fieldProblems(details)
            + (signingRequest.map { signingRequestProblems($0, details) } ?? [])
    }

    /// The same for a renewal or a reissue: what it takes over from its predecessor, and nobody can change, is not judged
    /// anew by what is wanted today. Whether anything can be ordered for its organization is.
    public func successorProblems(
        with details: OrderDetails, signingRequest: SigningRequestFacts?
    ) -> [RequestProblem] {
        contentProblems(details) + closedOrganizationProblems(details)
            + (signingRequest.map { signingRequestProblems($0, details) } ?? [])
    }

    private func contentProblems(_ details: OrderDetails) -> [RequestProblem] {
        nameProblems(details) + termProblems(details) + keyProblems(details) + domainProblems(details)
    }

    /// What is right now, and may be wrong by the time that the CA issues. One sentence each.
    public func warnings(with details: OrderDetails) -> [String] {
        organizationWarnings(details)
            + (profile.checksDomains
                ? domains?.warnings(with: details.alternativeNames, for: details.organization) ?? [] : [])
    }

    /// A mismatch with the profile, whose hint tells when that may be out of date.
    func mismatch(_ message: String, hint: String) -> RequestProblem {
        RequestProblem(message, hint: profilesAge?.hint(hint) ?? hint)
    }

    private func nameProblems(_ details: OrderDetails) -> [RequestProblem] {
        var problems: [RequestProblem] = []
        if details.commonName.count > 64 {
            // RFC 5280 appendix A: ub-common-name.
            problems.append(
                RequestProblem(
                    "common name of \(details.commonName.count) characters is too long, 64 is the most",
                    hint: "make a shorter name the common name and give this one with --san"))
        }
        var seen: Set<SubjectAlternativeName> = []
        for name in details.alternativeNames where !seen.insert(name).inserted {
            problems.append(RequestProblem("name \(name.text) is given twice", hint: "give it once"))
        }
        if let limit = profile.limits.names, details.alternativeNames.count > limit {
            problems.append(
                RequestProblem(
                    "\(details.alternativeNames.count) names, but \(profile.title) allows \(limit)",
                    hint: "split the order"))
        }
        return problems
    }

    private func termProblems(_ details: OrderDetails) -> [RequestProblem] {
        guard let term = details.term, !profile.terms.contains(term) else { return [] }
        let terms = profile.terms.map { "\($0)" }.joined(separator: ", ")
        let nearest = profile.terms.min { abs($0 - term) < abs($1 - term) }
        return [
            mismatch(
                "term \(term) is not offered by \(profile.title), which has \(terms)",
                hint: nearest.map { "choose --term \($0)" } ?? "choose another profile")
        ]
    }

    private func keyProblems(_ details: OrderDetails) -> [RequestProblem] {
        guard let algorithm = details.keyAlgorithm else { return [] }
        if let offered = profile.keyAlgorithms {
            guard !offered.contains(algorithm) else { return [] }
            let list = offered.map(\.rawValue).joined(separator: ", ")
            return [mismatch("key \(algorithm) is not offered by \(profile.title)", hint: "it offers \(list)")]
        }
        guard algorithm.isWeak else { return [] }
        // Baseline Requirements §6.1.5.
        return [RequestProblem("key \(algorithm) is too weak", hint: "use rsa-2048 or ec-p256 at least")]
    }

    private func domainProblems(_ details: OrderDetails) -> [RequestProblem] {
        guard profile.checksDomains, let domains else { return [] }
        return domains.problems(with: details.alternativeNames, for: details.organization)
    }

    private func peopleProblems(_ details: OrderDetails) -> [RequestProblem] {
        var problems: [RequestProblem] = []
        if let limit = profile.limits.comments, details.comments.count > limit {
            problems.append(
                RequestProblem(
                    "comments of \(details.comments.count) characters are too long, \(limit) is the most",
                    hint: "shorten them"))
        }
        for email in details.requesterEmails where !EmailAddress.isPlausible(email) {
            problems.append(RequestProblem("\"\(email)\" is not an e-mail address", hint: "write name@example.org"))
        }
        let length = details.requesterEmails.joined(separator: ",").count
        if let limit = profile.limits.requesterEmails, length > limit {
            problems.append(
                RequestProblem(
                    "requester e-mails of \(length) characters together are too long, \(limit) is the most",
                    hint: "name fewer"))
        }
        return problems
    }

    private func signingRequestProblems(_ facts: SigningRequestFacts, _ details: OrderDetails) -> [RequestProblem] {
        guard facts.isSignatureValid else {
            return [RequestProblem("the signature of the CSR is wrong", hint: "make the CSR anew with its key")]
        }
        let wanted = Set(details.alternativeNames)
        let named = Set(facts.alternativeNames)
        var problems: [RequestProblem] = []
        if let commonName = facts.commonName, !wanted.contains(where: { $0.text == commonName }) {
            problems.append(
                RequestProblem(
                    "the CSR is for \(commonName), which is not ordered", hint: "add it with --name or --san"))
        }
        // Many tools write no names but the common name: then the order's own names count.
        if !named.isEmpty, named != wanted {
            let missing = wanted.subtracting(named).map(\.text).sorted()
            let extra = named.subtracting(wanted).map(\.text).sorted()
            let parts =
                (missing.isEmpty ? [] : ["lacks \(missing.joined(separator: ", "))"])
                + (extra.isEmpty ? [] : ["has \(extra.joined(separator: ", ")) too"])
            problems.append(
                RequestProblem(
                    "the names of the CSR differ: it \(parts.joined(separator: " and "))",
                    hint: "order the names of the CSR, or make a CSR for these names"))
        }
        return problems
    }
}

/// One thing that is wrong with a request, and what to do.
public struct RequestProblem: Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public var hint: String

    public init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }

    public var description: String { "\(message); \(hint)" }
}

extension CertificateProfile {
    /// How messages name it: names may repeat, so that the id stands beside it.
    public var title: String { name == id.rawValue ? "profile \"\(name)\"" : "profile \"\(name)\" (\(id))" }
}

extension KeyAlgorithm {
    /// Less than the Baseline Requirements (§6.1.5) allow.
    var isWeak: Bool {
        // RSA-PSS keys have a word between.
        guard rawValue.hasPrefix("rsa-"), let size = rawValue.split(separator: "-").last, let bits = Int(size) else {
            return false
        }
        return bits < 2048
    }
}
