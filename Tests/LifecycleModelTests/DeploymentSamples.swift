// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// A deployment in any phase, and one of every event.
enum DeploymentSamples {
    static let now = OrderSamples.start
    static let passing = DeploymentFailure("the command ended with 1")
    static let lasting = DeploymentFailure("there is no such program", mayPass: false)
    static let earlier = HeldVersion(
        version: PublishedVersion(name: "1", sha256: "00", isCurrent: false), certificate: CertificateID("crt_0"))

    static func target(reload: Bool = true, webhook: Bool = true, endpoint: Bool = true) -> DeploymentTarget {
        var target = DeploymentTarget(
            name: "web", certificates: [NamePattern("*.example.org")], place: .folder(path: "/etc/web/{name}"))
        if reload { target.reload = ["systemctl", "reload", "nginx"] }
        if webhook { target.webhook = "https://hooks.example.org/deployed" }
        if endpoint { target.endpoint = DeploymentTarget.Endpoint(host: "web.example.org", port: 443) }
        return target
    }

    static func certificate(_ id: String = "crt_1", ends: Date = now.addingTimeInterval(30 * 86400))
        -> IssuedCertificate
    {
        IssuedCertificate(
            id: CertificateID(id), account: "demo", managed: ManagedCertificateID("mgd_1"), order: OrderID("ord_1"),
            reference: CertificateReference("7"),
            facts: CertificateFacts(
                commonName: "www.example.org", alternativeNames: [.dnsName("www.example.org")],
                serialNumber: SerialNumber("0a"), subject: "CN=www.example.org", issuer: "CN=CA", notBefore: now,
                notAfter: ends, sha256: "sha-\(id)", publicKey: PublicKeyDigest("k"), keyAlgorithm: .ecP256),
            chain: CertificateChain(certificates: []), createdAt: now)
    }

    static func record(_ phase: DeploymentPhase = .publishing) -> DeploymentRecord {
        var record = DeploymentRecord(
            id: DeploymentID("dep_1"), target: "web", certificate: certificate(), createdAt: now)
        record.revision = 1
        record.phase = phase
        if phase != .publishing {
            record.inPlace = record.wanted
            record.path = target().path(for: record.commonName)
        }
        return record
    }

    static let everyEvent: [DeploymentEvent] = {
        var events: [DeploymentEvent] = [
            .wanted(CertificateID("crt_1"), sha256: "sha-crt_1"), .wanted(CertificateID("crt_2"), sha256: "sha-crt_2"),
            .superseded(by: CertificateID("crt_9")), .showsOther("ff"), .rolledBack(earlier),
            .retried(atOnce: true), .retried(atOnce: false), .configured,
        ]
        for step in DeploymentStep.allCases {
            events += [.succeeded(step), .failed(step, passing), .failed(step, lasting)]
        }
        return events
    }()
}

extension DeploymentRecord {
    /// The same, for a target with everything, by the standard schedule.
    @discardableResult
    mutating func receive(
        _ event: DeploymentEvent, at now: Date = DeploymentSamples.now,
        _ target: DeploymentTarget = DeploymentSamples.target()
    ) throws(InvalidTransition) -> DeploymentDecision {
        try receive(event, at: now, to: target, retry: .standard)
    }

    /// Lets a step fail by the schedule until nothing is due any more, or so often; returns how long that took.
    mutating func fail(_ event: DeploymentEvent, times: Int = 100) throws(InvalidTransition) -> TimeInterval {
        var now = DeploymentSamples.now
        for _ in 0..<times {
            let decision = try receive(event, at: now)
            let next = decision.main == .unchanged ? decision.announcement : decision.main
            guard case .step(_, let due) = next else { break }
            now = due
        }
        return now.timeIntervalSince(DeploymentSamples.now)
    }
}
