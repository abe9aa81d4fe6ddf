// SPDX-License-Identifier: Apache-2.0

/// A customer of SCM: who there is and what they may order. The standard one is small and has one of everything;
/// a settings file replaces any of the lists.
struct World: Codable, Sendable {
    var customer = "acme"
    var administrators = World.standardAdministrators
    var organizations = World.standardOrganizations
    var domains = World.standardDomains
    var profiles = World.standardProfiles
    var customFields = World.standardCustomFields

    private static let standardAdministrators = [
        Administrator(
            id: 1, login: "master", password: "master-password", type: "API", passwordState: "ALIVE",
            passwordExpiresInDays: 90, credentials: [.init(role: "MRAO")],
            privileges: ["sslRequest", "sslRenew", "sslReplace", "sslRevoke", "sslApprove", "sslManage", "allowDCV"],
            clientCertificate: true, client: .init(id: "master-client", secret: "master-secret")),
        Administrator(
            id: 2, login: "registrar", password: "registrar-password", type: "STANDARD", passwordState: "NEVER_EXPIRE",
            credentials: [.init(role: "RAO_SSL", organization: 100)],
            privileges: ["sslRequest", "sslRenew", "sslReplace", "sslRevoke", "autoApproveCertificates"],
            client: .init(id: "registrar-client", secret: "registrar-secret")),
        Administrator(
            id: 3, login: "outdated", password: "outdated-password", type: "API", passwordState: "EXPIRED",
            passwordExpiresInDays: -3, credentials: [.init(role: "MRAO")]),
        Administrator(
            id: 4, login: "mailer", password: "mailer-password", type: "API", passwordState: "ALIVE",
            passwordExpiresInDays: 20, credentials: [.init(role: "RAO_SMIME", organization: 100)]),
        Administrator(
            id: 5, login: "person", password: "person-password", type: "IDP", passwordState: "ALIVE",
            passwordExpiresInDays: 90, credentials: [.init(role: "MRAO")]),
    ]

    private static let standardOrganizations = [
        Organization(id: 100, name: "Acme", city: "Springfield", country: "US"),
        Organization(id: 101, name: "Acme Research", parent: 100),
        Organization(id: 102, name: "Acme Archive", parent: 100, apiEnabled: false),
        Organization(id: 200, name: "Example Press", city: "Berlin", country: "DE"),
        Organization(id: 300, name: "Closed Works", apiEnabled: false),
    ]

    private static let standardDomains: [Domain] = {
        let everyone = [100, 200].map { Domain.Delegation(organization: $0) }
        let acme = [Domain.Delegation(organization: 100)]
        return [
            Domain(id: 1, name: "example.com", validation: .validated, expiresInDays: 180, delegations: everyone),
            Domain(id: 2, name: "*.example.com", validation: .validated, expiresInDays: 180, delegations: everyone),
            Domain(
                id: 3, name: "example.org", validation: .validated, method: "HTTP", expiresInDays: 3, delegations: acme),
            Domain(
                id: 4, name: "example.net", validation: .expired, method: "EMAIL", expiresInDays: -10, delegations: acme
            ),
            Domain(id: 5, name: "example.edu", validation: .notValidated, delegations: acme),
            Domain(
                id: 6, name: "suspended.example", active: false, validation: .validated, expiresInDays: 90,
                delegations: acme),
            Domain(
                id: 7, name: "requested.example", validation: .validated, expiresInDays: 90,
                delegations: [.init(organization: 100, status: "REQUESTED")]),
            Domain(
                id: 8, name: "plain.example", validation: .validated, expiresInDays: 90,
                delegations: [.init(organization: 100, privileges: ["DOMAIN", "SUBDOMAIN"])]),
            Domain(
                id: 9, name: "press.example", validation: .validated, expiresInDays: 90,
                delegations: [.init(organization: 200)]),
        ]
    }()

    private static let standardProfiles: [Profile] = {
        let keys = ["RSA": ["2048", "3072", "4096"], "EC": ["P-256", "P-384"]]
        func profile(_ id: Int, _ name: String, _ course: Profile.Course?) -> Profile {
            Profile(id: id, name: name, terms: [199], keyTypes: keys, course: course)
        }
        return [
            Profile(id: 501, name: "Quick OV", terms: [30, 90, 199], keyTypes: keys, course: nil),
            profile(502, "Slow OV", .init(requestedSeconds: 5, appliedSeconds: 20)),
            profile(503, "Approved OV", .init(approval: true)),
            profile(504, "Rejected OV", .init(appliedSeconds: 1, end: "Rejected")),
            profile(505, "Invalid OV", .init(requestedSeconds: 1, end: "Invalid")),
            profile(506, "Endless OV", .init(end: "Applied")),
            profile(507, "Strange OV", .init(end: "Awaiting Moonrise")),
            Profile(
                id: 508, name: "Press only", terms: [199], keyTypes: ["RSA": ["2048"]], organizations: [200],
                renewable: false),
        ]
    }()

    private static let standardCustomFields = [
        CustomField(id: 1, name: "Cost centre", mandatories: []),
        CustomField(id: 2, name: "Ticket", mandatories: ["ADMIN_UI"]),
    ]
}
