// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

@testable import SectigoProvider

/// What an account is told about itself, by whatever way its host and its role leave open.
struct CheckTests {
    private func scm(_ answers: [String: String]) -> OtherSCM {
        OtherSCM { question in
            let token = question.method == "POST" ? #"{"access_token":"t","expires_in":"300"}"# : nil
            return (answers[question.path] ?? token).map { text in
                text.first == "4" ? .json(String(text.dropFirst(4)), status: Int(text.prefix(3)) ?? 0) : .json(text)
            }
        }
    }

    private static let organization = [
        "organization/v1": #"[{"id":"100","name":"Acme","departments":null}]"#,
        "organization/v1/100": #"{"sslCertsApiEnabled":true}"#,
    ]

    private func report(_ answers: [String: String], byKey: Bool = false) async throws -> AccountReport {
        let scm = scm(answers.merging(Self.organization) { first, _ in first })
        return try await byKey ? scm.providerWithKey().check() : scm.provider().check()
    }

    @Test func `the highest role is found by each of its ways`() async throws {
        let own = [
            "admin/v1": #"[{"id":3,"login":"somebody"},{"id":7,"login":"API"}]"#,
            "admin/v1/7": #"{"login":"api","credentials":[{"role":"MRAO","orgId":null}]}"#,
        ]
        for answers in [
            own, ["ca-backend/v1": "[]"], ["organization/v1/managedBy/MRAO": #"[{"id":100}]"#],
            ["organization/v1/managed-by/MRAO": #"[{"id":100}]"#],
        ] {
            let report = try await report(answers)
            #expect(report.roles == ["MRAO"] && report.warnings == [], "\(answers)")
        }
    }

    @Test func `an entry that does not say whose it is counts where it is the only one`() async throws {
        let rao = #"{"credentials":[{"role":"rao ssl","orgId":100}]}"#
        #expect(try await report(["admin/v1": #"[{"id":7}]"#, "admin/v1/7": rao]).roles == ["RAO_SSL"])
        let two = ["admin/v1": #"[{"id":7},{"id":8}]"#, "admin/v1/7": rao, "admin/v1/8": rao]
        #expect(try await report(two).roles == [])
        let named = two.merging(["admin/v1/8": #"{"login":"api","credentials":[{"role":"MRAO"}]}"#]) { $1 }
        #expect(try await report(named).roles == ["MRAO"])
    }

    @Test func `an entry without roles forbids nothing`() async throws {
        let report = try await report(["admin/v1": #"[{"id":7}]"#, "admin/v1/7": #"{"login":"api"}"#])
        #expect(report.roles == [] && report.restrictions == [])
        #expect(report.warnings.count == 1)
    }

    @Test func `a host of API keys that knows none of the calls about administrators is no failure`() async throws {
        for unknown in ["", "403 ", "404 <html>", "405 ", "<html>everything is fine</html>"] {
            let paths = ["admin/v1/password", "admin/v1", "ca-backend/v1", "organization/v1/managedBy/MRAO"]
            let answers = Dictionary(uniqueKeysWithValues: paths.filter { _ in unknown != "" }.map { ($0, unknown) })
            let report = try await report(answers, byKey: true)
            #expect(report.warnings.count == 1 && report.roles == [], "\(unknown)")
        }
        #expect(
            try await report(["organization/v1/managedBy/RAO_SSL": #"[{"id":100}]"#], byKey: true).roles == ["RAO_SSL"])
    }

    @Test func `a lesser role is told with what will not work`() async throws {
        let registrar = try await report([
            "admin/v1": #"[{"id":7,"login":"api"}]"#,
            "admin/v1/7":
                #"{"credentials":[{"role":"RAO_SSL","orgId":100}],"privileges":["SSLREQUEST","sslRenew","sslReplace"]}"#,
        ])
        #expect(registrar.warnings.first?.hasPrefix("the role is RAO_SSL, not MRAO") == true)
        #expect(registrar.restrictions.map(\.operation) == [.revoke])
        let mailer = try await report([
            "admin/v1": #"[{"id":7,"login":"api"}]"#, "admin/v1/7": #"{"credentials":[{"role":"RAO_SMIME"}]}"#,
        ])
        #expect(Set(mailer.restrictions.map(\.operation)) == [.order, .renew, .reissue, .revoke, .cancel])
    }

    @Test func `a password that ends within thirty days is a warning, of a login that has one`() async throws {
        // Today is 2027-01-15.
        let soon = ["ca-backend/v1": "[]", "admin/v1/password": #"{"expirationDate":"2027-02-13","state":"ALIVE"}"#]
        #expect(try await report(soon).warnings.first?.hasPrefix("the password ends on 2027-02-13") == true)
        #expect(try await report(soon, byKey: true).warnings == [])
        #expect(try await report(soon, byKey: true).credentialsExpireAt == nil)
        let later = soon.merging(["admin/v1/password": #"{"expirationDate":"02/16/2027","state":"Alive"}"#]) { $1 }
        #expect(try await report(later).warnings == [])
        let never = soon.merging(["admin/v1/password": #"{"expirationDate":"2027-02-13","state":"NEVER_EXPIRE"}"#]) {
            $1
        }
        #expect(try await report(never).credentialsExpireAt == nil)
    }

    @Test(arguments: [
        (#"401 {"code":-16,"description":"Unknown user"}"#, "this user with this password"),
        (#"400 {"code":"-410","description":"no"}"#, "this customer URI"), ("401 ", "401"),
        ("403 <html><title>Blocked</title></html>", "or something before it, forbids this request"),
    ])
    func `a refused login stops the check, with status 400 as well`(_ answer: String, _ words: String) async throws {
        let scm = scm(["admin/v1/password": answer, "organization/v1": answer])
        let error = await #expect(throws: ProviderError.self) { try await scm.provider().check() }
        #expect(error?.disposition == .account)
        #expect(error?.summary.contains(words) == true)
    }

    @Test func `a check by an API key asks for a token of now, whatever is kept`() async throws {
        let scm = scm(Self.organization)
        let provider = try scm.providerWithKey()
        for _ in 0..<2 { _ = try await provider.check() }
        #expect(scm.questions.filter { $0.body.contains("client_credentials") }.count == 2)
    }

    @Test func `an address without SCM behind it is told as such`() async throws {
        let scm = OtherSCM { _ in .json("<html>not here</html>", status: 404) }
        let error = await #expect(throws: ProviderError.self) { try await scm.provider().check() }
        #expect(error?.summary == "checking the login: SCM's API is not at https://cert-manager.com/api")
    }

    @Test func `an organization whose API is off is named`() async throws {
        let report = try await report([
            "ca-backend/v1": "[]", "organization/v1/100": #"{"sslCertsApiEnabled":"false"}"#,
        ])
        #expect(report.warnings.map { $0.contains("\"Acme\": its Web/REST API is switched off") } == [true])
    }
}
