// SPDX-License-Identifier: Apache-2.0

/// An organization, or a department: SCM keeps both under one numbering, and a department orders by its own id.
struct Organization: Codable, Sendable {
    var id: Int
    var name: String
    /// The organization that a department belongs to.
    var parent: Int?
    /// "Enable Web/REST API" is ticked. Each department has a switch of its own.
    var apiEnabled: Bool?
    /// Validated for certificates that name it, which is so when left out. Departments share their organization's.
    var validated: Bool?
    var city: String?
    var country: String?
}

/// A domain, or its `*.` twin, which is an entry of its own.
struct Domain: Codable, Sendable {
    enum Validation: String, Codable, Sendable {
        case validated = "VALIDATED"
        case notValidated = "NOT_VALIDATED"
        case expired = "EXPIRED"
    }

    struct Delegation: Codable, Sendable {
        var organization: Int
        var certificates: [String]?
        /// DOMAIN, SUBDOMAIN, WILDCARD_1ST_LEVEL, WILDCARD_2ND_LEVEL; all of them when left out.
        var privileges: [String]?
        /// ACTIVE or REQUESTED.
        var status: String?
    }

    var id: Int
    var name: String
    var active: Bool?
    var validation: Validation
    /// CNAME, HTTP, HTTPS, EMAIL or TXT.
    var method: String?
    /// Counted from the start of the simulator, negative for the past.
    var expiresInDays: Int?
    var delegations: [Delegation]
}

/// A field of the customer's own that orders carry.
struct CustomField: Codable, Sendable {
    var id: Int
    var name: String
    /// For whom it is mandatory: ADMIN_UI, WEB_FORM, REST_API, SOAP_API.
    var mandatories: [String]
}
