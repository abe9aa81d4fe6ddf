// SPDX-License-Identifier: Apache-2.0

/// Somebody who may call the API.
struct Administrator: Codable, Sendable {
    struct Credential: Codable, Sendable {
        /// `MRAO`, `RAO_SSL`, `DRAO_SSL` …
        var role: String
        /// No organization for MRAO.
        var organization: Int?
    }

    var id: Int
    var login: String
    var password: String
    /// `STANDARD`, `API`, `IDP` (which cannot call the API) or `SAS`.
    var type: String?
    /// `ALIVE`, `EXPIRED` or `NEVER_EXPIRE`.
    var passwordState: String?
    /// Counted from the start of the simulator.
    var passwordExpiresInDays: Int?
    var credentials: [Credential]
    var privileges: [String]?
    /// The simulator makes a client certificate for this administrator.
    var clientCertificate: Bool?
    /// The OAuth client that acts with this administrator's role.
    var client: Client?

    /// An API key: SCM hands out a pair of these for an administrator.
    struct Client: Codable, Sendable {
        var id: String
        var secret: String
    }

    var isMaster: Bool { credentials.contains { $0.role == "MRAO" } }
    var mayApproveAtOnce: Bool { privileges?.contains("autoApproveCertificates") ?? false }
}
