// SPDX-License-Identifier: Apache-2.0

public import PublicCA

/// Brings certificates to where they are served. Each call is one step; repeating one does no harm.
public protocol Deploying: Sendable {
    var targets: [DeploymentTarget] { get }

    /// Writes certificate, chain and key as one unit: whoever reads meanwhile sees the old one or the new one, never parts of
    /// both. Earlier versions stay, as many as the target says. What is there already is not written again.
    func publish(
        _ certificate: DeployableCertificate, to target: DeploymentTarget
    ) async throws(DeploymentFailure) -> PublishedVersion

    /// What is kept at a target for a common name, the oldest first.
    func versions(of target: DeploymentTarget, for commonName: String) throws(DeploymentFailure) -> [PublishedVersion]

    /// Puts an earlier version in place of the one that is there.
    func restore(
        _ version: PublishedVersion, of target: DeploymentTarget, for commonName: String
    ) async throws(DeploymentFailure)

    /// Runs the target's reload command.
    func reload(_ target: DeploymentTarget, after change: DeploymentChange) async throws(DeploymentFailure)

    /// Tells the target's webhook.
    func announce(_ change: DeploymentChange, to target: DeploymentTarget) async throws(DeploymentFailure)

    /// SHA-256 of the leaf, in lower-case hex, that the target's endpoint shows in a TLS handshake.
    func fingerprint(servedBy endpoint: DeploymentTarget.Endpoint, for commonName: String)
        async throws(DeploymentFailure)
        -> String
}

/// A certificate with what is written beside it.
public struct DeployableCertificate: Sendable {
    public var commonName: String
    /// SHA-256 of the leaf.
    public var sha256: String
    /// Leaf first.
    public var chain: CertificateChain
    public var key: PrivateKey
    /// Of the certificate's own keystore.
    public var password: Secret?

    public init(commonName: String, sha256: String, chain: CertificateChain, key: PrivateKey, password: Secret? = nil) {
        self.commonName = commonName
        self.sha256 = sha256
        self.chain = chain
        self.key = key
        self.password = password
    }
}

/// What a target holds, or held.
public struct PublishedVersion: Hashable, Sendable, Codable {
    /// What the target knows it by.
    public var name: String
    /// SHA-256 of the leaf.
    public var sha256: String
    /// Whether it is the one in place.
    public var isCurrent: Bool

    public init(name: String, sha256: String, isCurrent: Bool) {
        self.name = name
        self.sha256 = sha256
        self.isCurrent = isCurrent
    }
}

/// What has changed at a target, for commands and webhooks. Holds no secret.
public struct DeploymentChange: Hashable, Sendable, Codable {
    public var target: String
    public var commonName: String
    public var certificate: CertificateID
    public var sha256: String
    public var path: String

    public init(target: String, commonName: String, certificate: CertificateID, sha256: String, path: String) {
        self.target = target
        self.commonName = commonName
        self.certificate = certificate
        self.sha256 = sha256
        self.path = path
    }
}

/// Why a step of a deployment came to nothing.
public struct DeploymentFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    /// Whether trying again may help without somebody changing something.
    public var mayPass: Bool

    public init(_ description: String, mayPass: Bool = true) {
        self.description = description
        self.mayPass = mayPass
    }
}
