// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import HostSupport
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import Logging
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

/// The loop of `publicca run`, on a clock that a test moves.
struct EngineServiceTests {
    private let time = TestTime()
    private let log = RecordedLog()

    private var engineTime: EngineTime { EngineTime(now: time.now, clock: time.clock) }

    /// Runs the service until the body returns, which is handed what each pass reports.
    private func running(
        _ engine: @escaping @Sendable () -> LifecycleEngine,
        _ body: (Reports) async throws -> Void
    ) async throws {
        let (reports, continuation) = AsyncStream.makeStream(of: PassReport.self)
        let service = EngineService(logger: log.logger, time: engineTime, engine: engine) { continuation.yield($0) }
        let running = Task { try await service.run() }
        try await body(Reports(stream: reports))
        running.cancel()
        // What hangs is waited for until the grace is over.
        let moving = Task {
            while !Task.isCancelled {
                time.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        try await running.value
        moving.cancel()
    }

    @Test func `it sleeps until something is due, and two seconds at most`() async throws {
        let ca = MockCA(now: time.now)
        let lab = try await LifecycleEngine.testing(provider: ca.provider, time: time)
        var changes = ChangeSet()
        let due = time.now().addingTimeInterval(0.5)
        changes.work = [.put(WorkItem(subject: Subject(kind: "later", id: "1"), account: "test", step: "a", due: due))]
        try await lab.repository.commit(changes)
        try await running({ lab.engine }) { reports in
            #expect(await reports.next()?.steps == 0)
            await time.untilSleeping()
            time.advance(by: .milliseconds(500))
            #expect(await reports.next()?.steps == 1)
            // What a step leaves behind may be due at once.
            #expect(await reports.next()?.steps == 0)
            await time.untilSleeping()
            time.advance(by: .milliseconds(1999))
            #expect(time.sleepers == 1)
            time.advance(by: .milliseconds(1))
            #expect(await reports.next()?.steps == 0)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `calls that hang do not keep other work from being done`() async throws {
        let ca = MockCA(now: time.now)
        let lab = try await LifecycleEngine.testing(
            provider: ca.provider, time: time, options: EngineOptions(worker: "test", parallel: 16))
        ca.play(.acceptAndHang, times: 7)
        for number in 0..<20 {
            var wish = OrderWish(account: "test", profile: "Mock DV", commonName: "n\(number).example.org")
            wish.keyAlgorithm = .ecP256
            _ = try await lab.engine.order(wish)
        }
        try await running({ lab.engine }) { _ in
            // No time passes meanwhile.
            while try await lab.repository.counts().orders[.completed, default: 0] < 13 { await Task.yield() }
            #expect(ca.placedOrders.count == 20)
        }
    }

    @Test func `an account that is added later has its duties a minute after`() async throws {
        let ca = MockCA(now: time.now)
        let lab = try await LifecycleEngine.testing(provider: ca.provider, time: time)
        try await running({ lab.engine }) { reports in
            _ = await reports.next()
            #expect(try await lab.repository.work(.account("test"), task: "orders") != nil)
            _ = try await lab.engine.addAccount(
                AccountRecord(name: "new", provider: "test", settings: [:], secrets: [:], createdAt: time.now()))
            await time.untilSleeping()
            time.advance(by: .seconds(60))
            _ = await reports.next()
            #expect(try await lab.repository.work(.account("new"), task: "orders") != nil)
        }
    }

    @Test func `each pass is made by the engine of the moment`() async throws {
        let ca = MockCA(now: time.now)
        let lab = try await LifecycleEngine.testing(provider: ca.provider, time: time)
        let asked = Mutex(0)
        try await running({
            asked.withLock { $0 += 1 }
            return lab.engine
        }) { reports in
            _ = await reports.next()
            await time.untilSleeping()
            time.advance(by: .seconds(2))
            _ = await reports.next()
            #expect(asked.withLock { $0 } == 2)
        }
    }

    @Test func `a repository that cannot be used is told of once, and tried again at growing pauses`() async throws {
        let store = MemoryRepository(now: time.now, digest: Fingerprint.sha256)
        let troubled = TroubledRepository(inner: store)
        let engine = LifecycleEngine(
            repository: troubled, accounts: SingleProvider(MockCA(now: time.now).provider), material: Material(),
            sealing: Sealer(MasterKey()), digest: Fingerprint.sha256, time: engineTime)
        try await running({ engine }) { reports in
            for pause in [1, 2, 4, 8, 16, 30, 30] {
                #expect(await reports.next()?.problem == "the disk is full")
                await time.untilSleeping()
                time.advance(by: .milliseconds(pause * 1000 - 1))
                #expect(time.sleepers == 1, "\(pause)")
                time.advance(by: .milliseconds(1))
            }
            #expect(await reports.next()?.problem != nil)
            troubled.isWell.withLock { $0 = true }
            await time.untilSleeping()
            time.advance(by: .seconds(30))
            let report = try #require(await reports.next())
            #expect(report.problem == nil)
        }
        #expect(log.lines == ["error: the disk is full", "warning: the repository can be used again"])
    }
}

/// What passes report, one after the other.
private struct Reports: Sendable {
    let stream: AsyncStream<PassReport>

    func next() async -> PassReport? { await stream.first { _ in true } }
}

private final class TroubledRepository: ForwardingRepository {
    let inner: MemoryRepository
    let isWell = Mutex(false)

    init(inner: MemoryRepository) { self.inner = inner }

    func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        guard isWell.withLock({ $0 }) else { throw .unavailable("the disk is full") }
        return try await inner.claim(request)
    }
}

/// Everything that was logged, as lines.
private final class RecordedLog: Sendable {
    private let recorded = Mutex<[String]>([])

    var lines: [String] { recorded.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var logLevel = Logger.Level.warning
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.recorded.withLock { $0.append("\(event.level.rawValue): \(event.message)") }
        }
    }
}
