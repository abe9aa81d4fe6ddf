// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// The way of one kept certificate to one target: what shall be served there, and how far that is.
public struct DeploymentRecord: Hashable, Sendable, Codable {
    public var id: DeploymentID
    public var revision: Int
    /// The target's name in the configuration. There is one record for each target and managed certificate.
    public var target: String
    public var managed: ManagedCertificateID
    public var account: String
    public var commonName: String
    /// The certificate that shall be served.
    public var wanted: CertificateID
    /// Why it is not there yet.
    public var problem: String?
    /// Whether a person has to look: a step was given up, or what is served is not what was deployed.
    public var isTroubled: Bool
    public var createdAt: Date
    public var updatedAt: Date

    public init(id: DeploymentID, target: String, certificate: IssuedCertificate, createdAt: Date) {
        self.id = id
        self.revision = 0
        self.target = target
        self.managed = certificate.managed
        self.account = certificate.account
        self.commonName = certificate.facts.commonName
        self.wanted = certificate.id
        self.isTroubled = false
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }
}
