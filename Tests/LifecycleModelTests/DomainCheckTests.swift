// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

/// Names against the domains that a CA lists.
struct DomainCheckTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let one = OrganizationID("1")
    private static let other = OrganizationID("2")
    /// A department of one.
    private static let web = OrganizationID("11")

    private static func domain(
        _ name: String, _ delegations: [DomainDelegation]? = nil, isValidated: Bool? = true, endsInDays: Double? = 100
    ) -> RegisteredDomain {
        RegisteredDomain(
            id: DomainID(name), name: name, status: "ACTIVE", validationStatus: isValidated == false ? "EXPIRED" : "",
            isValidated: isValidated, validationExpiresAt: endsInDays.map { now.addingTimeInterval($0 * 86400) },
            delegations: delegations)
    }

    private static func to(
        _ organization: OrganizationID, _ names: Set<DelegatedName> = Set(DelegatedName.allCases),
        isInForce: Bool = true
    ) -> DomainDelegation {
        DomainDelegation(organization: organization, names: names, isInForce: isInForce)
    }

    private func check(_ domains: [RegisteredDomain], readDaysAgo: Double = 0) -> DomainCheck {
        DomainCheck(
            account: "sectigo", domains: domains,
            organizations: [
                Organization(id: Self.one, name: "One"), Organization(id: Self.other, name: "Other"),
                Organization(id: Self.web, name: "Web", parent: Self.one),
            ], readAt: Self.now.addingTimeInterval(-readDaysAgo * 86400), now: Self.now)
    }

    private func messages(
        _ domains: [RegisteredDomain], _ names: String..., for organization: OrganizationID? = one
    ) -> [String] {
        check(domains).problems(with: names.map { SubjectAlternativeName(normalized: $0) }, for: organization)
            .map(\.message)
    }

    @Test func `names under a delegated and validated domain pass, addresses too`() {
        let found = messages(
            [Self.domain("example.org", [Self.to(Self.one)])], "example.org", "www.example.org", "*.example.org",
            "*.shop.example.org", "192.0.2.1", "2001:db8::1")
        #expect(found == [])
    }

    @Test func `every name that is under no domain is named, at once`() {
        let found = messages([Self.domain("example.org")], "a.example.com", "www.example.org", "badexample.org")
        #expect(
            found == [
                "name a.example.com is under no domain of account sectigo",
                "name badexample.org is under no domain of account sectigo",
            ])
    }

    @Test func `an entry with a star speaks for names below, and not for the domain itself`() {
        let star = [Self.domain("*.example.org", [Self.to(Self.one)])]
        #expect(messages(star, "www.example.org", "*.example.org") == [])
        #expect(messages(star, "example.org") == ["name example.org is under no domain of account sectigo"])
    }

    @Test(arguments: [
        ("example.org", DelegatedName.domain, "domain itself"), ("www.example.org", .subdomain, "subdomain"),
        ("*.example.org", .wildcard, "wildcard"),
        ("*.a.example.org", .deeperWildcard, "wildcard below the first level"),
    ])
    func `a kind of name is ordered where the delegation has it, and not where it leaves it out`(
        name: String, kind: DelegatedName, words: String
    ) {
        #expect(messages([Self.domain("example.org", [Self.to(Self.one, [kind])])], name) == [])
        let others = Set(DelegatedName.allCases).subtracting([kind])
        #expect(
            messages([Self.domain("example.org", [Self.to(Self.one, others)])], name) == [
                "name \(name) is a \(words), which the delegation of example.org to organization \"One\" (1) leaves out"
            ])
    }

    @Test func `a delegation to somebody else, one that is only requested, and none at all are told`() {
        let message = "domain example.org of name a.example.org is not delegated to organization \"One\" (1)"
        for delegations in [[Self.to(Self.other)], [Self.to(Self.one, isInForce: false)], []] {
            #expect(messages([Self.domain("example.org", delegations)], "a.example.org") == [message])
        }
        #expect(messages([Self.domain("example.org", nil)], "a.example.org") == [])
    }

    @Test func `an order for nobody in particular needs any delegation`() {
        #expect(messages([Self.domain("example.org", [Self.to(Self.other)])], "a.example.org", for: nil) == [])
        #expect(
            messages([Self.domain("example.org", [])], "a.example.org", for: nil)
                == ["domain example.org of name a.example.org is not delegated to any organization"])
    }

    @Test func `a department has its own delegations and those of its organization, and not the other way round`() {
        let parents = Self.domain("example.org", [Self.to(Self.one)])
        #expect(messages([parents], "a.example.org", for: Self.web) == [])
        let own = Self.domain("example.net", [Self.to(Self.web)])
        #expect(messages([parents, own], "a.example.net", for: Self.web) == [])
        #expect(messages([parents, own], "a.example.org", for: Self.web) == [])
        let names = [SubjectAlternativeName.dnsName("a.example.org")]
        #expect(
            check([parents, own]).warnings(with: names, for: Self.web) == [
                "name a.example.org is delegated to the organization above \"Web\" (11) alone: the CA may refuse it"
            ])
        #expect(check([parents]).warnings(with: names, for: Self.web) == [])
        #expect(check([parents, own]).warnings(with: names, for: Self.one) == [])
        #expect(
            messages([own], "a.example.net", for: Self.one)
                == ["domain example.net of name a.example.net is not delegated to organization \"One\" (1)"])
    }

    @Test func `a domain that is not validated, or no longer, is told`() {
        #expect(
            messages([Self.domain("example.org", isValidated: false)], "a.example.org")
                == ["domain example.org of name a.example.org is not validated for orders (ACTIVE, EXPIRED)"])
        #expect(
            messages([Self.domain("example.org", endsInDays: -1)], "a.example.org")
                == ["the validation of domain example.org of name a.example.org ended on 2027-01-14"])
        #expect(messages([Self.domain("example.org", isValidated: nil, endsInDays: nil)], "a.example.org") == [])
    }

    @Test func `the validation of a domain above holds for names below`() {
        let domains = [
            Self.domain("example.org", [Self.to(Self.other)]),
            Self.domain("shop.example.org", [Self.to(Self.one)], isValidated: false),
        ]
        #expect(messages(domains, "a.shop.example.org") == [])
    }

    @Test func `an entry with a star was proved by the domain itself`() {
        let domains = [
            Self.domain("example.org", [Self.to(Self.one)], isValidated: false), Self.domain("*.example.org"),
        ]
        #expect(messages(domains, "example.org", "www.example.org") == [])
    }

    @Test func `an older catalog is told with its age, a fresh one is not`() {
        let name = [SubjectAlternativeName.dnsName("a.example.com")]
        func hint(_ days: Double) -> String? {
            check([Self.domain("example.org")], readDaysAgo: days).problems(with: name, for: nil).first?.hint
        }
        #expect(
            hint(3)
                == "add its domain at the CA, or, as the domains were read 3 days ago, publicca account sync sectigo")
        #expect(hint(0.25)?.contains("6 hours ago") == true)
        #expect(hint(0) == "add its domain at the CA")
    }

    @Test func `a validation that ends within a week is a warning, once for each domain`() {
        let names = ["a.example.org", "b.example.org", "a.example.net"].map { SubjectAlternativeName.dnsName($0) }
        let short = check([Self.domain("example.org", endsInDays: 6), Self.domain("example.net", endsInDays: 8)])
        #expect(
            short.warnings(with: names, for: nil)
                == ["the validation of domain example.org ends on 2027-01-21: the order may wait for a new one"])
        #expect(short.problems(with: names, for: nil).isEmpty)
        let twice = check([Self.domain("example.org", endsInDays: 6), Self.domain("*.example.org", endsInDays: 90)])
        #expect(twice.warnings(with: names, for: nil) == [])
    }

    @Test func `only a profile that is bound to domains asks`() {
        var profile = CertificateProfile(id: ProfileID("7"), name: "OV", terms: [199])
        let details = OrderDetails(
            commonName: "a.example.com", alternativeNames: [.dnsName("a.example.com")], term: 199)
        func problems(_ domains: DomainCheck?) -> Int {
            RequestCheck(profile: profile, organizations: nil, domains: domains)
                .problems(with: details, signingRequest: nil).count
        }
        #expect(problems(check([Self.domain("example.org")])) == 0)
        profile.checksDomains = true
        #expect(problems(check([Self.domain("example.org")])) == 1)
        #expect(problems(nil) == 0)
    }
}
