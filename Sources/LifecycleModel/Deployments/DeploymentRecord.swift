// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// The way of one kept certificate to one target: what shall be served there, and how far that is.
///
/// Its phase moves only through ``receive(_:at:to:retry:)``.
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
    /// SHA-256 of its leaf.
    public var sha256: String
    /// An earlier certificate that a person has put back, and that stays until a newer one comes or a person lets it go.
    public var held: HeldVersion?
    /// What was put there last.
    public var inPlace: CertificateID?
    /// Where that is.
    public var path: String?
    public var phase: DeploymentPhase
    /// The steps as they fare. What is not among them was never tried.
    public var steps: [DeploymentStep: DeploymentProgress]
    /// Whether the webhook knows.
    public var isAnnounced: Bool
    /// Since when what shall be served was seen at the endpoint.
    public var servedSince: Date?
    /// The maintenance window for which it waits.
    public var waitsUntil: Date?
    /// A person has asked for it: it does not wait for a window.
    public var isAsked: Bool
    /// Why it is not there yet.
    public var problem: String?
    /// Whether a person has to look: a step was given up or fails again and again, or what is served is not what was
    /// deployed.
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
        self.sha256 = certificate.facts.sha256
        self.phase = .publishing
        self.steps = [:]
        self.isAnnounced = false
        self.isAsked = false
        self.isTroubled = false
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }

    public subscript(step: DeploymentStep) -> DeploymentProgress {
        get { steps[step] ?? DeploymentProgress() }
        set { steps[step] = newValue }
    }
}

/// What is done to get a certificate served, each by itself. Raw values are stored, printed and read by scripts.
public enum DeploymentStep: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case publish, reload, announce, verify
}

/// How a step fares.
public struct DeploymentProgress: Hashable, Sendable, Codable {
    /// Failures in a row.
    public var failures = Streak()
    public var problem: String?
    public var succeededAt: Date?
    /// Not tried again by itself.
    public var isGivenUp = false
    /// A person has to look. Stays until it succeeds, whoever tries it again.
    public var isTroubled = false

    public init() {}
}

/// Where a deployment is. Raw values are stored, printed and read by scripts.
public enum DeploymentPhase: String, Hashable, Sendable, Codable, CaseIterable {
    /// What shall be served has to be put in place.
    case publishing
    case reloading
    /// In place and loaded, and not seen at the endpoint.
    case verifying
    /// As it shall be, as far as the target lets us see.
    case current
    /// A step on the way was given up.
    case stuck
    /// Another kept certificate has its place.
    case superseded
}

/// An earlier certificate in its old place.
public struct HeldVersion: Hashable, Sendable, Codable {
    public var version: PublishedVersion
    public var certificate: CertificateID

    public init(version: PublishedVersion, certificate: CertificateID) {
        self.version = version
        self.certificate = certificate
    }
}

extension DeploymentRecord {
    /// What the endpoint has to show: SHA-256 of the leaf.
    public var expectedSHA256: String { held?.version.sha256 ?? sha256 }

    /// What is put in place: the certificate that is wanted, or the one that a person has put back.
    public var expected: CertificateID { held?.certificate ?? wanted }

    /// Whether what was put in place lies where the target is now.
    public func isInPlace(at target: DeploymentTarget) -> Bool { path == target.path(for: commonName) }

    /// The step that comes next on the way to being served. Announcing is none of them: nothing waits for it.
    public func nextStep(at target: DeploymentTarget) -> DeploymentStep? {
        switch phase {
        case .publishing: .publish
        case .reloading: target.reload.isEmpty ? nil : .reload
        case .verifying, .current: target.endpoint == nil ? nil : .verify
        case .stuck, .superseded: nil
        }
    }

    /// What is told of it to commands and webhooks.
    public func change(at target: DeploymentTarget) -> DeploymentChange {
        DeploymentChange(
            target: self.target, commonName: commonName, certificate: expected, sha256: expectedSHA256,
            path: target.path(for: commonName))
    }

    /// From when on it may be put in place: in a maintenance window, unless what it replaces would be of no use by then.
    ///
    /// - Parameter replaced: what is in place; `nil` for nothing, or for what nothing is known of.
    public func publishable(
        replacing replaced: IssuedCertificate?, in windows: [MaintenanceWindow], at now: Date
    ) -> Date {
        guard !isAsked, let replaced, replaced.status(at: now) != .revoked else { return now }
        let latest = replaced.facts.notAfter.addingTimeInterval(-Self.reserve)
        return max(now, min(latest, windows.next(from: now)?.lowerBound ?? latest))
    }

    /// So long before its end a certificate is replaced at any time of the day.
    private static let reserve: TimeInterval = 3 * 86400
}
