// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization

/// What outlives every host of one life: the date, the CA, the repository, and requests that are still on their way.
final class Surroundings: Sendable {
    /// The account's settings. Longer than a lease, so that whoever takes over looks too early at first.
    static let settle = Duration.seconds(300)
    static let writeDeadline = Duration.seconds(60)
    static let account = "test"

    typealias Act = @Sendable () async -> Void

    let time = TestTime()
    let ca: MockCA
    let repository: MemoryRepository
    let sealer = Sealer(MasterKey())
    let ledger: Ledger
    let places: Places?
    let inbox: Inbox?
    /// Whether the CA can be asked for an order whose answer was lost.
    let locates: Bool
    private let late = Mutex<[(date: Date, act: Act)]>([])

    init(_ scenario: Scenario, _ breakage: @escaping Breakage) {
        locates = scenario.locates
        ca = MockCA(
            now: time.now, issueAfter: scenario.polls, latency: scenario.latency,
            hasExistingOrders: scenario.hasExistingOrders)
        ca.mischief = scenario.mischief
        repository = MemoryRepository(now: time.now, digest: Fingerprint.sha256)
        ledger = Ledger(repository, breakage)
        places = scenario.isServed ? Places() : nil
        inbox = scenario.isTold ? Inbox() : nil
    }

    func date(after delay: Duration) -> Date {
        time.now().addingTimeInterval(Double(delay.components.seconds))
    }

    /// How long the CA may take until an order shows of which nobody has heard, just so long that it is late.
    func lateness(of call: ProviderCall, isAbandoned: Bool) -> Duration {
        let acting = !isAbandoned ? Self.writeDeadline : call.isPurchase ? OrderPolicy.abandonedWrite : .zero
        let hidden = ca.mischief.contains(.lateVisibility) ? ca.provider.settleTime : .zero
        return acting + Self.settle - hidden - .seconds(1)
    }

    /// Has the CA act on a request later, whatever became of the host that sent it.
    func postpone<Answer>(by delay: Duration, _ act: @escaping @Sendable () async throws(ProviderError) -> Answer) {
        let date = date(after: delay)
        late.withLock { late in
            // Nobody hears the answer any more, whatever it is.
            late.append((date, { _ = try? await act() }))
        }
    }

    /// When the next request reaches the CA that is still on its way.
    var nextArrival: Date? { late.withLock { $0.map(\.date).min() } }

    /// Moves time on, and has the CA act on what reaches it by then.
    func move(to date: Date) async {
        let wait = date.timeIntervalSince(time.now())
        time.advance(by: .milliseconds(Int64(max(0, wait) * 1000) + 1))
        let now = time.now()
        let arrived = late.withLock { late in
            defer { late.removeAll { $0.date <= now } }
            return late.filter { $0.date <= now }
        }
        for one in arrived { await one.act() }
    }
}
