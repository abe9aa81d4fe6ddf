// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// An engine over a CA that answers as told, and orders put right into the middle of their lives.
struct ScriptedLab {
    let time = TestTime()
    let ca = ScriptedCA()
    let events = ScriptedEvents()
    let material = TextMaterial()
    let repository: MemoryRepository
    let engine: LifecycleEngine

    init(options: EngineOptions = EngineOptions(worker: "one")) async throws {
        repository = MemoryRepository(now: time.now, digest: Self.digest)
        engine = Self.engine(ca, time, repository, options, events, material)
        _ = try await engine.addAccount(
            AccountRecord(name: "main", provider: "scripted", settings: [:], secrets: [:], createdAt: time.now()))
        try await engine.syncCatalogs(account: "main")
        try await engine.pass()
        ca.forgetCalls()
    }

    /// A second host over the same repository; `whileOpening` happens within each of its steps, before it asks anything.
    func rival(whileOpening: @escaping @Sendable () -> Void = {}) -> LifecycleEngine {
        Self.engine(ca, time, repository, EngineOptions(worker: "two"), events, TextMaterial(), whileOpening)
    }

    /// The same, which finds a change by another in what it commits: `beforeCommit` happens just before.
    func rival(beforeCommit: @escaping @Sendable () async -> Void) -> LifecycleEngine {
        Self.engine(
            ca, time, OvertakenRepository(inner: repository, beforeCommit: beforeCommit), EngineOptions(worker: "two"),
            events, TextMaterial())
    }

    /// The same over a repository that does something of its own.
    func engine(over repository: some LifecycleRepository) -> LifecycleEngine {
        Self.engine(ca, time, repository, EngineOptions(worker: "one"), events, TextMaterial())
    }

    private static let digest: @Sendable (Data) -> String = { String(decoding: $0, as: UTF8.self) }

    private static func engine(
        _ ca: ScriptedCA, _ time: TestTime, _ repository: some LifecycleRepository, _ options: EngineOptions,
        _ events: ScriptedEvents, _ material: TextMaterial, _ whileOpening: @escaping @Sendable () -> Void = {}
    ) -> LifecycleEngine {
        return LifecycleEngine(
            repository: repository,
            accounts: ScriptedAccounts(provider: ScriptedProvider(ca: ca), whileOpening: whileOpening),
            material: material,
            sealing: material, digest: digest, time: EngineTime(now: time.now, clock: time.clock), options: options,
            emit: { events.append($0) })
    }

    /// An order as it is in a phase, and its next step.
    func seed(
        _ phase: OrderPhase, _ step: OrderStep? = nil, reference: String? = nil, id: String = "ord_1",
        kind: OrderKind = .new, _ fill: (inout Order) -> Void = { _ in }
    ) async throws -> Order {
        var order = Order(
            id: OrderID(id), account: "main", provider: "scripted", kind: kind,
            managed: ManagedCertificateID("mgd_\(id)"), phase: phase, details: Self.details(),
            key: OrderKey("pca-\(id)"), createdAt: time.now())
        order.signingRequest = CertificateSigningRequest(der: Data([1]))
        order.reference = reference.map { OrderReference($0) }
        fill(&order)
        var changes = ChangeSet()
        changes.puts = [.order(order)]
        if let step {
            changes.work = [
                .put(
                    WorkItem(subject: .order(order.id), account: "main", step: step.rawValue, due: time.now()))
            ]
        }
        try await repository.commit(changes)
        order.revision = 1
        return order
    }

    /// Does what is due, then moves time to the next due step, so many times.
    func run(_ order: Order, passes: Int) async throws -> Order {
        for _ in 0..<passes {
            try await engine.pass(.order(order.id))
            guard let item = try await repository.work(.order(order.id), task: WorkItem.life) else { break }
            let wait = max(item.due, item.lease?.until ?? item.due).timeIntervalSince(time.now())
            time.advance(by: .milliseconds(Int64(max(0, wait) * 1000) + 1))
        }
        return try await current(order)
    }

    func current(_ order: Order) async throws -> Order { try #require(try await repository.order(order.id)) }

    /// Runs an import, the lease of a page after the other, until it ends.
    func imported(_ options: ImportOptions = ImportOptions(), passes: Int = 10) async throws -> ImportRun {
        let run = try await engine.importOrders(account: "main", options)
        for _ in 0..<passes {
            try await engine.pass(.importRun(run.id))
            guard let item = try await repository.work(.importRun(run.id), task: WorkItem.life) else { break }
            let wait = max(item.due, item.lease?.until ?? item.due).timeIntervalSince(time.now())
            time.advance(by: .milliseconds(Int64(max(0, wait) * 1000) + 1))
        }
        return try #require(try await repository.importRun(run.id))
    }

    func certificates() async throws -> [IssuedCertificate] {
        try await repository.certificates(CertificateQuery()).items
    }

    static func details() -> OrderDetails {
        OrderDetails(
            commonName: "www.example.org", alternativeNames: [.dnsName("www.example.org")], profile: ProfileID("dv"),
            term: 199)
    }
}

struct OvertakenRepository: ForwardingRepository {
    let inner: MemoryRepository
    let beforeCommit: @Sendable () async -> Void

    func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        await beforeCommit()
        try await inner.commit(changes)
    }
}

private struct ScriptedAccounts: AccountOpening {
    let provider: ScriptedProvider
    let whileOpening: @Sendable () -> Void

    func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider {
        whileOpening()
        return provider
    }
}
