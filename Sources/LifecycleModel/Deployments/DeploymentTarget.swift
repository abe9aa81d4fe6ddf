// SPDX-License-Identifier: Apache-2.0

/// A place where certificates are served, as the operator describes it.
public struct DeploymentTarget: Hashable, Sendable {
    public var name: String
    /// Names and patterns: a certificate that bears one of them comes here.
    public var certificates: [NamePattern]
    public var place: Place
    /// Who owns what is written; `nil` for whoever runs this program.
    public var owner: String?
    public var group: String?
    /// Of files; folders also get the right to be entered where files may be read.
    public var mode: UInt16 = 0o640
    /// How many earlier versions are kept for a rollback.
    public var keptVersions = 3
    /// A program with its arguments, run after each change; empty for none. No shell is between.
    public var reload: [String] = []
    public var timeLimit: Duration = .seconds(60)
    /// Told of each change, as JSON.
    public var webhook: String?
    public var endpoint: Endpoint?

    public init(name: String, certificates: [NamePattern], place: Place) {
        self.name = name
        self.certificates = certificates
        self.place = place
    }

    /// Whether a certificate belongs here.
    public func takes(_ certificate: IssuedCertificate) -> Bool {
        certificate.searchedNames.contains { name in certificates.contains { $0.matches(name) } }
    }

    /// Where a certificate of this common name lies: `*.example.org` under `_wildcard.example.org`.
    public func path(for commonName: String) -> String {
        place.path.replacing("{name}", with: commonName.replacing("*", with: "_wildcard"))
    }

    /// What is written where. In a path, `{name}` stands for the certificate's common name.
    public enum Place: Hashable, Sendable {
        /// A folder with `certificate.pem`, `chain.pem`, `fullchain.pem` and `key.pem`.
        case folder(path: String)
        /// - Parameter password: `nil` for the one that the certificate's own keystore has.
        case keystore(path: String, format: KeystoreFormat, password: SecretSource?)

        public var path: String {
            switch self {
            case .folder(let path), .keystore(let path, _, _): path
            }
        }
    }

    /// Where the certificate is served over TLS, to see that it is.
    public struct Endpoint: Hashable, Sendable {
        public var host: String
        public var port: Int
        /// What is asked for by SNI; `nil` for the certificate's common name.
        public var serverName: String?

        public init(host: String, port: Int, serverName: String? = nil) {
            self.host = host
            self.port = port
            self.serverName = serverName
        }
    }
}
