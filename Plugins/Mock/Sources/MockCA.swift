// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA
import Synchronization

/// A mock CA of one test: scripted, watched, and gone with the object.
///
/// ```swift
/// let ca = MockCA(now: time.now)
/// ca.play(.lostReply, times: 1)
/// let engine = …(provider: ca.provider)
/// …
/// #expect(ca.calls(.place) == 1)
/// ```
///
/// Its certificates are real: chains end in ``root``, which was made for this object.
public final class MockCA: Sendable {
    private struct State {
        var script = MockScript()
        var setAnew = 0
        var calls: [MockCall: Int] = [:]
    }

    private final class Desk: Sendable {
        let state = Mutex(State())
    }

    private let desk = Desk()
    private let shelf = MockShelf()
    private let hasExistingOrders: Bool

    /// The account that code under test is given. All copies speak to this CA.
    public let provider: MockProvider

    /// - Parameters:
    ///   - now: the date that the CA issues by.
    ///   - issueAfter: how many polls find an order pending, whatever its profile says.
    ///   - latency: how long the CA takes at least to issue.
    ///   - hasExistingOrders: whether somebody else has made orders before, for imports.
    public init(
        now: @escaping @Sendable () -> Date = { Date() }, issueAfter: Int? = nil, latency: Duration = .zero,
        hasExistingOrders: Bool = false
    ) {
        self.hasExistingOrders = hasExistingOrders
        provider = MockProvider(
            books: MockBooks(memory: shelf, hasExistingOrders: hasExistingOrders), now: now,
            script: { [desk] in desk.state.withLock(\.script) },
            count: { [desk] call in desk.state.withLock { $0.calls[call, default: 0] += 1 } })
        desk.state.withLock {
            $0.script.issueAfter = issueAfter
            $0.script.latency = latency
        }
    }

    /// What the CA does wrong from now on, each as often as it says. Setting it counts occurrences anew.
    public var mischief: Set<Mischief> {
        get { desk.state.withLock { Set($0.script.mischief.limits.keys) } }
        set { arm(newValue) { $0 = MischiefPlan(newValue) } }
    }

    /// Adds mischief that happens the next so many times, and then no more.
    public func play(_ mischief: Mischief, times: Int) {
        arm([mischief]) { $0.limits[mischief] = .some(times) }
    }

    /// Lets an order of the profile `Mock Approval` pass.
    public func approve(_ order: OrderReference) {
        desk.state.withLock { _ = $0.script.approved.insert(order.rawValue) }
    }

    /// Refuses an order that is not issued yet.
    public func refuse(_ order: OrderReference) {
        desk.state.withLock { _ = $0.script.refused.insert(order.rawValue) }
    }

    /// How often a call was made, successful or not.
    public func calls(_ call: MockCall) -> Int {
        desk.state.withLock { $0.calls[call] ?? 0 }
    }

    /// The orders that were accepted, whether or not anybody heard of it; existing ones are not among them.
    public var placedOrders: [OrderReference] {
        shelf.numbers.filter { !hasExistingOrders || $0 > ExistingOrders.count }.map {
            OrderReference("MO-\($0 + 1000)")
        }
    }

    /// The root certificate in DER, which a verifier has to trust.
    public var root: Data {
        get async throws(ProviderError) { try await provider.books.authority(at: provider.now()).root }
    }

    private func arm(_ mischief: Set<Mischief>, _ edit: (inout MischiefPlan) -> Void) {
        desk.state.withLock { state in
            edit(&state.script.mischief)
            state.setAnew += 1
            for one in mischief { state.script.armed[one] = "\(state.setAnew)" }
        }
    }
}

/// Where a test's CA keeps its blobs.
private final class MockShelf: ProviderMemory {
    private let blobs = Mutex<[String: RememberedBlob]>([:])

    /// Of the orders, ascending.
    var numbers: [Int] {
        blobs.withLock { blobs in
            blobs.keys.filter { $0.hasPrefix("order-") }.compactMap { Int($0.dropFirst(6)) }.sorted()
        }
    }

    func recall(_ name: String) async throws(ProviderError) -> RememberedBlob? {
        blobs.withLock { $0[name] }
    }

    func remember(_ data: Data, as name: String, replacing version: Int?) async throws(ProviderError) -> Bool {
        blobs.withLock { blobs in
            guard blobs[name]?.version == version else { return false }
            blobs[name] = RememberedBlob(data: data, version: (version ?? 0) + 1)
            return true
        }
    }
}
