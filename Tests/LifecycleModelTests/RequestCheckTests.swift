// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct RequestCheckTests {
    private static let profile = CertificateProfile(
        id: ProfileID("7"), name: "OV", terms: [100, 199], keyAlgorithms: [.rsa2048, .ecP256],
        organizations: [OrganizationID("1")],
        fields: [
            FieldDescription(name: "Cost", isRequired: true, choices: ["A", "B"]),
            FieldDescription(name: "Unit", isRequired: false, limit: 5),
            FieldDescription(name: "Until", isRequired: false, form: .date),
        ],
        limits: OrderLimits(names: 3, comments: 10, requesterEmails: 30))
    private let check = RequestCheck(
        profile: profile,
        organizations: [
            Organization(id: OrganizationID("1"), name: "One"), Organization(id: OrganizationID("2"), name: "Two"),
        ])

    private func details(_ edit: (inout OrderDetails) -> Void = { _ in }) -> OrderDetails {
        var details = OrderDetails(
            commonName: "a.example.org", alternativeNames: [.dnsName("a.example.org")], profile: Self.profile.id,
            organization: OrganizationID("1"), term: 199, keyAlgorithm: .rsa2048, comments: "ten chars.",
            requesterEmails: ["ann@example.org"], fields: ["Cost": "A"])
        edit(&details)
        return details
    }

    private func messages(_ edit: (inout OrderDetails) -> Void) -> [String] {
        check.problems(with: details(edit), signingRequest: nil).map(\.message)
    }

    @Test func `a good request has no problems`() {
        #expect(check.problems(with: details(), signingRequest: nil) == [])
    }

    @Test func `each rule finds its own fault`() {
        let many = (0..<4).map { SubjectAlternativeName.dnsName("n\($0).example.org") }
        #expect(messages { $0.alternativeNames = many } == ["4 names, but profile \"OV\" (7) allows 3"])
        #expect(messages { $0.alternativeNames += $0.alternativeNames } == ["name a.example.org is given twice"])
        #expect(messages { $0.term = 365 } == ["term 365 is not offered by profile \"OV\" (7), which has 100, 199"])
        #expect(messages { $0.keyAlgorithm = .ecP521 } == ["key ec-p521 is not offered by profile \"OV\" (7)"])
        #expect(messages { $0.comments += "x" } == ["comments of 11 characters are too long, 10 is the most"])
        #expect(messages { $0.requesterEmails = ["ann"] } == ["\"ann\" is not an e-mail address"])
        #expect(messages { $0.fields = [:] } == ["field Cost is required by profile \"OV\" (7)"])
        #expect(messages { $0.fields["Cost"] = "C" } == ["field Cost cannot be \"C\""])
        #expect(messages { $0.fields["Colour"] = "red" } == ["profile \"OV\" (7) has no field \"Colour\""])
        #expect(messages { $0.organization = OrganizationID("9") } == ["organization 9 is not known"])
        #expect(
            messages { $0.organization = OrganizationID("2") }
                == ["profile \"OV\" (7) is not offered to organization \"Two\""])
        let long = String(repeating: "a", count: 65)
        #expect(messages { $0.commonName = long } == ["common name of 65 characters is too long, 64 is the most"])
    }

    @Test func `a field's length and form are held`() {
        #expect(
            messages { $0.fields["Unit"] = "Büroß!" } == ["field Unit of 6 characters is too long, 5 is the most"])
        for text in ["31.12.2026", "2026-02-30", "2027-02-29", "2026-13-01", "26-01-01", "2026-1-01", "２０２６-01-01"] {
            #expect(messages { $0.fields["Until"] = text } == ["field Until cannot be \"\(text)\""])
        }
        #expect(messages { $0.fields.merge(["Unit": "Büroß", "Until": "2028-02-29"]) { $1 } } == [])
        #expect(messages { $0.fields.merge(["Unit": "", "Until": ""]) { $1 } } == [])
    }

    @Test func `an organization for which nothing can be ordered says why`() {
        var closed = check
        closed.organizations?[0].orderingProblem = "the API is switched off for it"
        let found = closed.problems(with: details(), signingRequest: nil).map(\.message)
        #expect(found == ["nothing can be ordered for organization \"One\": the API is switched off for it"])
    }

    @Test func `an organization that is not validated, or not for long, is a warning`() {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        func warnings(_ isValidated: Bool?, days: Double?) -> [String] {
            var checked = check
            checked.organizations = [
                Organization(
                    id: OrganizationID("9"), name: "Above", validationStatus: "PENDING", isValidated: isValidated,
                    validationExpiresAt: days.map { now.addingTimeInterval($0 * 86400) }),
                Organization(id: OrganizationID("1"), name: "One", parent: OrganizationID("9")),
            ]
            checked.organizationsAge = CatalogAge(account: "a", catalog: .organizations, readAt: now, now: now)
            return checked.warnings(with: details())
        }
        #expect(
            warnings(false, days: nil)
                == ["organization \"Above\" is not validated (PENDING): a certificate that names it may have to wait"])
        #expect(
            warnings(true, days: 3)
                == ["the validation of organization \"Above\" ends on 2027-01-18: the order may wait for a new one"])
        #expect(warnings(true, days: 30) == [] && warnings(true, days: nil) == [] && warnings(nil, days: 3) == [])
    }

    @Test func `mismatches with an older catalog say how old it is, and other faults do not`() {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        var old = check
        let readAt = now.addingTimeInterval(-3 * 86400)
        old.profilesAge = CatalogAge(account: "scm", catalog: .profiles, readAt: readAt, now: now)
        old.organizationsAge = CatalogAge(account: "scm", catalog: .organizations, readAt: readAt, now: now)
        let wrong = details {
            $0.term = 365
            $0.keyAlgorithm = .ecP521
            $0.fields = [:]
            $0.organization = OrganizationID("9")
            $0.requesterEmails = ["ann"]
        }
        let hints = old.problems(with: wrong, signingRequest: nil).map(\.hint)
        #expect(
            hints.first == "choose --term 199, or, as the profiles were read 3 days ago, publicca account sync scm")
        #expect(hints.count { $0.hasSuffix("the profiles were read 3 days ago, publicca account sync scm") } == 3)
        #expect(hints.count { $0.hasSuffix("the organizations were read 3 days ago, publicca account sync scm") } == 1)
        #expect(hints.count == 5)
    }

    @Test func `a successor is not judged by fields and people of its predecessor`() {
        let wrong = details {
            $0.fields = ["Gone": "x"]
            $0.requesterEmails = ["root@localhost"]
            $0.comments = String(repeating: "x", count: 20)
            $0.term = 365
        }
        let found = check.successorProblems(with: wrong, signingRequest: nil).map(\.message)
        #expect(found == ["term 365 is not offered by profile \"OV\" (7), which has 100, 199"])
    }

    @Test func `a successor is judged by whether anything can be ordered for its organization`() {
        var closed = check
        closed.organizations?[0].orderingProblem = "the API is switched off for it"
        let found = closed.successorProblems(with: details(), signingRequest: nil).map(\.message)
        #expect(found == ["nothing can be ordered for organization \"One\": the API is switched off for it"])
        // One that the account no longer lists, or that the profile is no longer for, was taken over.
        for organization in ["2", "3"] {
            let inherited = details { $0.organization = OrganizationID(organization) }
            #expect(closed.successorProblems(with: inherited, signingRequest: nil) == [])
        }
    }

    @Test func `all faults are found at once`() {
        let found = messages {
            $0.term = 365
            $0.keyAlgorithm = .rsa4096
            $0.requesterEmails = ["ann", "bob"]
        }
        #expect(found.count == 4)
    }

    @Test func `weak keys are refused where the CA does not say what it takes`() {
        var open = check
        open.profile.keyAlgorithms = nil
        let weak = details { $0.keyAlgorithm = KeyAlgorithm("rsa-1024") }
        #expect(open.problems(with: weak, signingRequest: nil).map(\.message) == ["key rsa-1024 is too weak"])
        let padded = details { $0.keyAlgorithm = KeyAlgorithm("rsa-pss-1024") }
        #expect(open.problems(with: padded, signingRequest: nil).map(\.message) == ["key rsa-pss-1024 is too weak"])
    }

    @Test(arguments: [
        ("ann@example.org", true), ("a.b+c@sub.example.org", true), ("ann", false), ("@example.org", false),
        ("ann@", false), ("ann@example", false), ("ann@@example.org", false), ("a n@example.org", false),
        ("ann@example..org", false), ("a,b@example.org", false),
    ])
    func `what can be an e-mail address passes`(_ text: String, _ passes: Bool) {
        let problems = messages { $0.requesterEmails = [text] }.filter { $0.contains("not an e-mail") }
        #expect(problems.isEmpty == passes)
    }
}
