// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// What a work item or a journal line is about. An open set: hosts may add kinds.
public struct Subject: Hashable, Sendable, Codable, CustomStringConvertible {
    public var kind: String
    public var id: String

    public init(kind: String, id: String) {
        self.kind = kind
        self.id = id
    }

    public static func order(_ id: OrderID) -> Subject { Subject(kind: "order", id: id.rawValue) }
    public static func certificate(_ id: CertificateID) -> Subject { Subject(kind: "certificate", id: id.rawValue) }
    public static func revocation(_ id: RevocationID) -> Subject { Subject(kind: "revocation", id: id.rawValue) }
    public static func account(_ name: String) -> Subject { Subject(kind: "account", id: name) }
    public static func importRun(_ id: ImportID) -> Subject { Subject(kind: "import", id: id.rawValue) }
    public static func deployment(_ id: DeploymentID) -> Subject { Subject(kind: "deployment", id: id.rawValue) }
    /// A channel of notifications, by its name.
    public static func channel(_ name: String) -> Subject { Subject(kind: "channel", id: name) }
    /// Everything that needs a person.
    public static let alerts = Subject(kind: "alerts", id: "all")

    /// The installation itself.
    public static let host = Subject(kind: "host", id: "home")

    /// The id alone, which says its kind by its prefix; what is known by a name is said in full.
    public var description: String { ["account", "alerts", "channel", "host"].contains(kind) ? "\(kind) \(id)" : id }
}
