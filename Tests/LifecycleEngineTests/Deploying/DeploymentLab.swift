// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCATesting
import RepositoryTesting
import Testing

/// A mock CA, targets in memory, and engines over one repository that share a master key.
struct DeploymentLab {
    let time = TestTime()
    let ca: MockCA
    let targets: FakeTargets
    let repository: MemoryRepository
    private let sealer = Sealer(MasterKey())

    init(_ targets: FakeTargets = FakeTargets(Self.target()), existing: Bool = false) async throws {
        ca = MockCA(now: time.now, hasExistingOrders: existing)
        self.targets = targets
        repository = MemoryRepository(now: time.now, digest: Fingerprint.sha256)
        _ = try await engine().ensureAccount("test", provider: "test", settings: [:])
    }

    /// A host; several share the work.
    func engine(_ worker: String = "one", windows: [MaintenanceWindow] = [], deploys: Bool = true) -> LifecycleEngine {
        LifecycleEngine(
            repository: repository, accounts: SingleProvider(ca.provider), material: Material(), sealing: sealer,
            digest: Fingerprint.sha256, deploying: deploys ? targets : nil,
            time: EngineTime(now: time.now, clock: time.clock),
            options: EngineOptions(worker: worker, windows: windows))
    }

    /// With a command, a webhook and an endpoint: everything that a target may have.
    static func target(_ name: String = "web", takes: String = "*.example.org") -> DeploymentTarget {
        var target = DeploymentTarget(
            name: name, certificates: [NamePattern(takes)], place: .folder(path: "/etc/\(name)/{name}"))
        target.reload = ["nginx", "-s", "reload"]
        target.webhook = "https://hooks.example.org"
        target.endpoint = DeploymentTarget.Endpoint(host: name, port: 443)
        return target
    }

    /// A certificate that is issued, and nothing else done.
    func issued(_ name: String = "www.example.org", by engine: LifecycleEngine? = nil) async throws -> IssuedCertificate
    {
        let engine = engine ?? self.engine()
        return try await certificate(of: try await engine.order(Laboratory.wish(name)), by: engine)
    }

    func renewed(_ certificate: IssuedCertificate, by engine: LifecycleEngine? = nil) async throws -> IssuedCertificate
    {
        let engine = engine ?? self.engine()
        return try await self.certificate(of: try await engine.renew(certificate.id), by: engine)
    }

    private func certificate(of order: Order, by engine: LifecycleEngine) async throws -> IssuedCertificate {
        try await engine.pass(.order(order.id))
        let id = try #require(try await repository.order(order.id)?.certificate)
        return try #require(try await repository.certificate(id))
    }

    /// A certificate that is served at the target.
    func served(_ name: String = "www.example.org") async throws -> IssuedCertificate {
        let certificate = try await issued(name)
        try await engine().pass()
        return certificate
    }

    func deployment(at target: String = "web", of certificate: IssuedCertificate) async throws -> DeploymentRecord {
        try #require(try await repository.deployment(target: target, managed: certificate.managed))
    }

    func work(_ record: DeploymentRecord, _ task: String = WorkItem.life) async throws -> WorkItem? {
        try await repository.work(.deployment(record.id), task: task)
    }

    /// What the journal says of deployments, in order.
    func events() async throws -> [String] {
        try await repository.journal(JournalQuery()).items.filter { $0.subject.kind == "deployment" }.map(\.event)
    }

    /// Moves time on and does what is due then.
    func pass(after seconds: Int, by engine: LifecycleEngine? = nil) async throws {
        time.advance(by: .seconds(seconds))
        try await (engine ?? self.engine()).pass()
    }
}
