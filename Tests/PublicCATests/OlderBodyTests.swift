// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Testing

/// What was stored before a value had all of its members.
struct OlderBodyTests {
    private func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    @Test func `an older report restricts nothing`() throws {
        let report = try read(AccountReport.self, #"{"roles":["MRAO"],"warnings":[]}"#)
        #expect(report == AccountReport(roles: ["MRAO"]))
    }

    @Test func `an older profile checks no domains`() throws {
        let profile = try read(
            CertificateProfile.self,
            #"{"id":"7","name":"OV","terms":[199],"fields":[{"name":"Cost","isRequired":true,"choices":[]}],"limits":{}}"#
        )
        let fields = [FieldDescription(name: "Cost", isRequired: true)]
        #expect(profile == CertificateProfile(id: ProfileID("7"), name: "OV", terms: [199], fields: fields))
    }

    @Test func `an older domain is everybody's, and an older organization may order`() throws {
        let domain = try read(
            RegisteredDomain.self,
            #"{"id":"1","name":"example.org","status":"a","validationStatus":"v","organizations":["7"]}"#)
        #expect(domain.delegations == nil)
        let organization = try read(Organization.self, #"{"id":"7","name":"One","status":""}"#)
        #expect(organization == Organization(id: OrganizationID("7"), name: "One"))
    }

    @Test func `what is written now is read again`() throws {
        let delegation = DomainDelegation(organization: OrganizationID("7"), names: [.wildcard], isInForce: false)
        let domain = RegisteredDomain(
            id: DomainID("1"), name: "example.org", status: "a", validationStatus: "v", isValidated: nil,
            delegations: [delegation])
        let report = AccountReport(restrictions: [Restriction(.revoke, "the role lacks it")])
        let profile = CertificateProfile(id: ProfileID("7"), name: "OV", terms: [199], checksDomains: true)
        #expect(try read(RegisteredDomain.self, written(domain)) == domain)
        #expect(try read(AccountReport.self, written(report)) == report)
        #expect(try read(CertificateProfile.self, written(profile)) == profile)
    }

    private func written(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}
