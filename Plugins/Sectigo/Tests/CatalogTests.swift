// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import PublicCA
import Testing

@testable import SectigoProvider

/// Organizations, domains and profiles as servers of several kinds tell them.
struct CatalogTests {
    private func provider(_ answers: [String: String]) throws -> SectigoProvider {
        try OtherSCM { question in answers[question.path].map { .json($0) } }.provider()
    }

    private static let organizations =
        #"[{"id":100,"name":"Acme","departments":[{"id":"101","name":"Lab","parentName":"Acme"},{"name":"no id"}]}]"#

    @Test func `an organization tells whether and until when it is validated`() async throws {
        let page = try await provider([
            "organization/v1": Self.organizations,
            "organization/v1/100": #"{"sslCertsApiEnabled":true,"validationStatus":"NOT_VALIDATED"}"#,
            "organization/v2/100/validations": """
            [{"validationLevel":"OV_SMIME","status":"VALIDATED"},{"validationLevel":"OV_SSL","status":"PENDING"},
             {"id":"5","validationLevel":"OV_SSL","status":"Validated","expires":"2027-03-01T00:00:00.000Z"}]
            """,
        ]).listOrganizations(after: nil)
        #expect(page.items.map(\.id.rawValue) == ["100", "101"])
        #expect(page.items[0].isValidated == true && page.items[0].validationStatus == "Validated")
        #expect(page.items[0].validationExpiresAt?.timeIntervalSince1970 == 1_803_859_200)
        #expect(page.items[1].parent?.rawValue == "100")
        // Its details are not shown: nothing is known, nothing is refused.
        #expect(page.items[1].isValidated == nil && page.items[1].orderingProblem == nil)
    }

    @Test func `a server without the newer list tells the validation with the details`() async throws {
        let page = try await provider([
            "organization/v1": Self.organizations, "organization/v1/100": #"{"validationStatus":"PENDING"}"#,
        ]).listOrganizations(after: nil)
        #expect(page.items[0].isValidated == false && page.items[0].validationStatus == "PENDING")
    }

    private func domain(_ details: String) async throws -> RegisteredDomain? {
        try await provider(["domain/v1": #"[{"id":1,"name":"Example.com"}]"#, "domain/v1/1": details])
            .listDomains(after: nil).items.first
    }

    @Test(
        arguments: [
            ("VALIDATED", true), ("Validated", true), ("NOT_VALIDATED", false), ("Not validated", false),
            ("Expired", false), ("Action Required", false), ("Blessed", nil),
        ] as [(String, Bool?)])
    func `validation is read in either spelling, and an unknown word refuses nothing`(
        _ word: String, _ isValidated: Bool?
    ) async throws {
        #expect(try await domain(#"{"state":"Active","validationStatus":"\#(word)"}"#)?.isValidated == isValidated)
        #expect(try await domain(#"{"state":"SUSPENDED","validationStatus":"\#(word)"}"#)?.isValidated == false)
    }

    @Test func `delegations tell for whom, which names, and whether they are in force`() async throws {
        let domain = try await domain(
            """
            {"delegationStatus":"REQUESTED","dcvExpiration":"2027-03-01","delegations":[
             {"orgId":"100","certTypes":["ssl"],"domainCertificateRequestPrivileges":["SUBDOMAIN"],"status":"ACTIVE"},
             {"orgId":200,"certTypes":["SSL"],"domainCertificateRequestPrivileges":[]},
             {"orgId":300,"certTypes":["SMIME"]},{"certTypes":["SSL"]}]}
            """)
        #expect(
            domain?.delegations == [
                DomainDelegation(organization: OrganizationID("100"), names: [.subdomain]),
                DomainDelegation(organization: OrganizationID("200"), isInForce: false),
            ])
        #expect(domain?.name == "example.com")
    }

    @Test func `a domain whose details are not shown refuses none of its names`() async throws {
        let page = try await provider(["domain/v1": #"[{"id":1,"name":"a.example"},{"name":"b.example"}]"#])
            .listDomains(after: nil)
        #expect(page.items.map(\.name) == ["a.example"])
        #expect(page.items[0].delegations == nil && page.items[0].isValidated == nil)
        #expect(page.unreadable.map(\.reference) == [""])
    }

    @Test(arguments: [(25, 3), (nil, 4)] as [(Int?, Int)])
    func `domains of a server that gives fewer at once are all read`(_ total: Int?, _ calls: Int) async throws {
        let scm = OtherSCM { question in
            guard question.path == "domain/v1" else { return .json("{}") }
            let ids = (1...25).dropFirst(question.number("position")).prefix(10)
            return .json(
                "[\(ids.map { #"{"id":\#($0),"name":"d\#($0).example"}"# }.joined(separator: ","))]", total: total)
        }
        var (names, cursor): (Set<String>, PageCursor?) = ([], nil)
        repeat {
            let page = try await scm.provider().listDomains(after: cursor)
            names.formUnion(page.items.map(\.name))
            cursor = page.next
        } while cursor != nil
        #expect(names.count == 25 && scm.questions.count { $0.path == "domain/v1" } == calls)
    }

    @Test(arguments: ["-1", "\(Int.max)", "\(Int.max):7", "x", ""])
    func `a cursor that was not written here begins somewhere, or is refused`(_ text: String) async throws {
        let row = #"{"id":1,"name":"a.example"}"#
        let details = ["domain/v1/1", "organization/v1/1"]
        let provider = try OtherSCM { .json(details.contains($0.path) ? row : "[\(row)]") }.provider()
        #expect(try await provider.listOrganizations(after: PageCursor(text)).total == 1)
        do throws(ProviderError) {
            _ = try await provider.listDomains(after: PageCursor(text))
        } catch {
            #expect(error.disposition == .rejected)
        }
    }

    @Test func `a server that does not heed the position gives each domain once`() async throws {
        let scm = OtherSCM { .json($0.path == "domain/v1" ? #"[{"id":1,"name":"a.example"}]"# : "{}") }
        let first = try await scm.provider().listDomains(after: nil)
        let second = try await scm.provider().listDomains(after: first.next)
        #expect(first.items.count == 1 && second.items.isEmpty && second.next == nil)
    }

    @Test func `domains behind a page of which nothing can be understood are told to be left`() async throws {
        let scm = OtherSCM { .json($0.path == "domain/v1" ? "[[]]" : "{}") }
        let page = try await scm.provider().listDomains(after: nil)
        #expect(page.next == nil && page.unreadable.count == 2)
        #expect(page.unreadable.last?.reason == "the list of domains is not read on behind row 1")
    }

    @Test func `profiles are read from older servers, and with sizes as numbers`() async throws {
        let profiles = try await provider([
            "organization/v1": Self.organizations,
            "ssl/v1/types": """
            [{"id":"501","name":"Old","terms":["199"]},
             {"id":502,"name":"New","terms":[365,199],"keyTypes":{"RSA":[2048,"4096"],"EC":["P-256"]}},
             {"id":503,"name":"Silent","keyTypes":{}},{"name":"no id"}]
            """,
        ]).profiles()
        #expect(profiles.map(\.id.rawValue) == ["501", "502", "503"])
        #expect(profiles[0].terms == [199] && profiles[0].keyAlgorithms == nil)
        #expect(profiles[1].keyAlgorithms == [.rsa2048, .rsa4096, .ecP256])
        #expect(profiles[2].keyAlgorithms == nil && profiles[2].terms == [])
        #expect(profiles[0].organizations?.map(\.rawValue) == ["100", "101"])
        // Neither list of custom fields is there.
        #expect(profiles[0].fields == [])
    }

    @Test(arguments: ["[]", nil])
    func `an organization of which no profiles are told is left to SCM, and a department has its parent's`(
        _ answer: String?
    ) async throws {
        let organizations = """
            [{"id":1,"name":"A","departments":[{"id":11,"name":"A1"},{"id":12,"name":"A2"}]},{"id":2,"name":"B"},
             {"id":3,"name":"C","departments":[{"id":31,"name":"C1"},{"id":32,"name":"off"}]},{"id":4,"name":"off"}]
            """
        let lists = ["1": #"[{"id":501},{"id":502}]"#, "12": #"[{"id":502}]"#, "2": #"[{"id":503},{"id":503}]"#]
        let scm = OtherSCM { question in
            switch question.path {
            case "organization/v1": .json(organizations)
            case "organization/v1/32", "organization/v1/4": .json(#"{"sslCertsApiEnabled":false}"#)
            case "ssl/v1/types":
                (lists[question.query["organizationId"] ?? ""] ?? answer).map { .json($0) }
                    ?? .json(#"{"code":-3}"#, status: 400)
            default: nil
            }
        }
        let profiles = try await scm.provider().profiles()
        #expect(
            profiles.map { $0.organizations?.map(\.rawValue) } == [
                ["1", "11", "3", "31"], ["1", "11", "12", "3", "31"], ["2", "3", "31"],
            ])
    }

    @Test func `mandatory fields are those of the REST API, and of server certificates alone`() async throws {
        let newer = """
            [{"id":1,"name":"Cost","mandatories":["REST_API","ADMIN_UI"],"certType":"SSL","state":"ACTIVE"},
             {"id":2,"name":"Ticket","mandatories":["ADMIN_UI"],"input":{"type":"DATE","options":null}},
             {"id":3,"name":"Mail","mandatories":["REST_API"],"certType":"SMIME"},
             {"id":4,"name":"Gone","mandatories":["REST_API"],"state":"Inactive"}]
            """
        let fields = try await provider(["customField/v2": newer]).customFields()
        #expect(fields.map { "\($0.name) \($0.isRequired)" } == ["Cost true", "Ticket false"])
        #expect(fields[1].form == .date)
        let older = try provider(["ssl/v1/customFields": #"[{"id":1,"name":"Cost","mandatory":true}]"#])
        #expect(try await older.customFields().map { "\($0.name) \($0.isRequired)" } == ["Cost true"])
        let both = try provider([
            "customField/v2": "[]", "ssl/v1/customFields": #"[{"id":1,"name":"Cost","mandatory":true}]"#,
        ])
        #expect(try await both.customFields().map(\.name) == ["Cost"])
    }

    @Test func `one whose API is switched off cannot order, and one that does not say may`() async throws {
        let page = try await provider([
            "organization/v1": Self.organizations, "organization/v1/100": #"{"certTypes":["SSL"]}"#,
            "organization/v1/101": #"{"sslCertsApiEnabled":false}"#,
        ]).listOrganizations(after: nil)
        #expect(page.items.map { $0.orderingProblem == nil } == [true, false])
    }

    @Test func `a delegation that names neither kinds nor names is of all, and one that is asked for is not in force`()
        async throws
    {
        let all = try await domain(#"{"validationStatus":"Validated","delegations":[{"orgId":1}]}"#)?.delegations
        #expect(all?.count == 1 && all?[0].names.count == 4 && all?[0].isInForce == true)
        let asked = try await domain(#"{"delegations":[{"orgId":1,"status":"AWAITING_ME"}]}"#)?.delegations
        #expect(asked?.count == 1 && asked?[0].isInForce == false)
    }

    @Test func `the end of a validation is read in every style, and says nothing of the validation itself`()
        async throws
    {
        for day in ["2026-12-01", "12/01/2026"] {
            let domain = try await domain(#"{"dcvValidation":"2026-05-01","dcvExpiration":"\#(day)"}"#)
            #expect(domain?.validationExpiresAt?.timeIntervalSince1970 == 1_796_083_200)
            #expect(domain?.isValidated == nil)
        }
        let silent = try await domain(#"{"validationStatus":"Not validated","dcvExpiration":null}"#)
        #expect(silent?.validationExpiresAt == nil && silent?.isValidated == false)
    }

    @Test func `organizations share profiles, one may have none, and the older list of fields is theirs as well`()
        async throws
    {
        let shared = #"{"id":224,"name":"Multi","terms":[365,730]}"#
        let scm = OtherSCM { question in
            switch (question.path, question.query["organizationId"]) {
            case ("organization/v1", _): .json(#"[{"id":1,"name":"A"},{"id":2,"name":"B"},{"id":3,"name":"C"}]"#)
            case ("organization/v1/3", _): .json(#"{"sslCertsApiEnabled":false}"#)
            case ("ssl/v1/types", "1"): .json("[\(shared)]")
            case ("ssl/v1/types", "2"): .json(#"[\#(shared),{"id":14042,"name":"Multi","terms":[199]}]"#)
            case ("ssl/v1/types", _): .json(#"{"code":-1021,"description":"not possible"}"#, status: 400)
            case ("ssl/v1/customFields", _): .json(#"[{"id":1,"name":"Cost","mandatory":true},{"id":2,"name":"Room"}]"#)
            default: nil
            }
        }
        let profiles = try await scm.provider().profiles()
        #expect(profiles.map(\.id.rawValue) == ["224", "14042"] && profiles.map(\.name) == ["Multi", "Multi"])
        #expect(profiles.map { $0.organizations?.map(\.rawValue) } == [["1", "2"], ["2"]])
        #expect(profiles[0].fields.map(\.isRequired) == [true, false])
    }
}
