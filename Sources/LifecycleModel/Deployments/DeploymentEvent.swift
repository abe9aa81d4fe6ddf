// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What has happened to a deployment.
public enum DeploymentEvent: Hashable, Sendable {
    /// A certificate shall be served. The one that is wanted already changes nothing.
    case wanted(CertificateID, sha256: String)
    /// A newer certificate, kept apart from this one, has its place.
    case superseded(by: CertificateID)
    case succeeded(DeploymentStep)
    case failed(DeploymentStep, DeploymentFailure)
    /// The endpoint showed another certificate: SHA-256 of its leaf.
    case showsOther(String)
    /// A person puts an earlier certificate back.
    case rolledBack(HeldVersion)
    /// All of it is done again, for a person who did something about it.
    ///
    /// - Parameter atOnce: asked for now, whatever the maintenance windows say.
    case retried(atOnce: Bool)
    /// The target may have changed: what is left to do is found anew.
    case configured
}

/// What follows. A line that stays unchanged keeps its work as it is.
public struct DeploymentDecision: Hashable, Sendable {
    public enum Next: Hashable, Sendable {
        case unchanged, nothing
        case step(DeploymentStep, due: Date)
    }

    /// The way to being served.
    public var main = Next.unchanged
    /// Telling the webhook, for which nothing waits.
    public var announcement = Next.unchanged
    /// One sentence for the journal.
    public var note: String
}
