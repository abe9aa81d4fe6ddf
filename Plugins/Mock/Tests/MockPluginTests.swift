// SPDX-License-Identifier: Apache-2.0

import Foundation
import MockProvider
import PublicCA
import PublicCATesting
import Synchronization
import Testing

@Suite struct MockPluginTests {
    let memory = TestMemory()

    func open(_ values: [String: String] = [:], secrets: [String: Secret] = [:]) throws -> any PublicCAProvider {
        try ProviderPlugin.mock.open(
            ProviderContext(
                settings: ProviderSettings(values: values, secrets: secrets), transport: ReplayTransport([]),
                memory: memory, now: { Date() }))
    }

    @Test func `all that was done by one command is there for the next`() async throws {
        let wish = try Wish("www.example.org", profile: "Mock Approval")
        let order = try await open().place(wish.request)
        #expect(try await open().order(order).state == .awaitingApproval)
        let approved = try open(["approve": "MO-1, \(order)"])
        guard case .issued(let certificate) = try await approved.order(order).state else {
            Issue.record("not issued")
            return
        }
        #expect(try await open().certificate(certificate).state == .valid)
    }

    @Test func `two processes at once place two hundred orders, and none is lost or shared`() async throws {
        let request = try Wish("www.example.org").request
        let accounts = [try open(), try open()]
        let orders = try await withThrowingTaskGroup(of: OrderReference.self) { group in
            for number in 0..<200 {
                group.addTask {
                    var own = request
                    own.key = OrderKey("bulk-\(number)")
                    return try await accounts[number % 2].place(own)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(orders).count == 200)
        let listing = try #require(try open().orders)
        var listed: [OrderReference] = []
        var cursor: PageCursor?
        repeat {
            let page = try await listing.listOrders(in: [], after: cursor)
            listed += page.items.map(\.order)
            cursor = page.next
        } while cursor != nil
        #expect(Set(orders).isSubset(of: listed) && listed.count == 206)
        let locating = try #require(try open().locating)
        for number in 0..<200 {
            var own = request
            own.key = OrderKey("bulk-\(number)")
            let attempt = OrderAttempt(request: own, kind: .new, predecessor: nil, notBefore: Date())
            guard case .found = try await locating.locate(attempt) else {
                Issue.record("order \(number) is not found")
                return
            }
        }
    }

    @Test func `orders that others made are there to be imported`() async throws {
        let provider = try open()
        let listing = try #require(provider.orders)
        var counts: [String: Int] = [:]
        for state in listing.listedStates {
            counts[state] = try await listing.listOrders(in: [state], after: nil).items.count
        }
        #expect(counts == ["pending": 1, "issued": 3, "rejected": 1, "cancelled": 0, "revoked": 1])
        let rows = try await listing.listOrders(in: [], after: nil).items
        #expect(rows.map(\.order.rawValue) == (1001...1006).map { "MO-\($0)" })
        for row in rows {
            let details = try #require(try await provider.order(row.order).details)
            #expect(!details.commonName.isEmpty && details.term != nil)
            if let certificate = row.certificate {
                #expect(try await provider.certificate(certificate).chain != nil)
            }
        }
    }

    @Test func `a call is as short for a rare state as for any other`() async throws {
        let request = try Wish("www.example.org", profile: "Mock Approval").request
        for number in 0..<250 {
            var own = request
            own.key = OrderKey("bulk-\(number)")
            _ = try await open().place(own)
        }
        let counting = CountingMemory(memory)
        let provider = try ProviderPlugin.mock.open(
            ProviderContext(
                settings: ProviderSettings(), transport: ReplayTransport([]), memory: counting, now: { Date() }))
        var rows: [OrderRow] = []
        var cursor: PageCursor?
        repeat {
            let before = counting.recalls
            let page = try await provider.orders?.listOrders(in: ["revoked"], after: cursor)
            #expect(counting.recalls - before < 110)
            rows += page?.items ?? []
            cursor = page?.next
        } while cursor != nil
        #expect(rows.map(\.order.rawValue) == ["MO-1005"])
    }

    @Test func `mischief is counted across commands, and anew after it was given up`() async throws {
        let mischief = ["mischief": "lost-reply:1"]
        func isLost(_ values: [String: String]) async throws -> Bool {
            let provider = try open(values)
            let request = try Wish("www.example.org").request
            return await failure(of: { () throws(ProviderError) in try await provider.place(request) }) != nil
        }
        #expect(try await isLost(mischief))
        #expect(try await !isLost(mischief))
        _ = try await open().check()
        #expect(try await isLost(mischief))
    }

    @Test func `a password is mock or nothing`() async throws {
        let right = try open(secrets: ["password": Secret("mock")])
        #expect(try await !right.check().roles.isEmpty)
        let wrong = try open(secrets: ["password": Secret("guess")])
        let error = await failure(of: { () throws(ProviderError) in try await wrong.profiles() })
        #expect(error?.disposition == .account && error.map { !"\($0)".contains("guess") } == true)
    }

    @Test(arguments: [
        ["mischief": "lost-replies"], ["mischief": "lost-reply:x"], ["issue-after": "-1"], ["latency": "soon"],
        ["colour": "red"],
    ])
    func `a setting that makes no sense is refused before the account is opened`(values: [String: String]) {
        #expect(ProviderPlugin.mock.problems(values: values, secretNames: []).count == 1)
    }

    @Test func `settings decide how long issuing takes`() async throws {
        let slow = try open(["issue-after": "2"])
        let order = try await slow.place(try Wish("www.example.org").request)
        for _ in 0..<2 { #expect(try await slow.order(order).state == .processing) }
        #expect(try await slow.order(order).wording == "issued")
    }
}

/// Counts how often the CA looks something up.
private final class CountingMemory: ProviderMemory {
    private let base: TestMemory
    private let count = Mutex(0)

    init(_ base: TestMemory) { self.base = base }

    var recalls: Int { count.withLock { $0 } }

    func recall(_ name: String) async throws(ProviderError) -> RememberedBlob? {
        count.withLock { $0 += 1 }
        return try await base.recall(name)
    }

    func remember(_ data: Data, as name: String, replacing version: Int?) async throws(ProviderError) -> Bool {
        try await base.remember(data, as: name, replacing: version)
    }
}
