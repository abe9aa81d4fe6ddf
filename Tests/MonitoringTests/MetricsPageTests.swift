// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

@testable import Monitoring

struct MetricsPageTests {
    private let time = TestTime()

    private func page(_ repository: any LifecycleRepository) -> MetricsPage {
        MetricsPage(Monitor(now: time.now), repository, inventoryLimit: { 5 }, version: "1.2.3", clock: time.clock)
    }

    @Test func `everything that is documented is on the page, once`() async {
        let names = await page(Shelf(time).repository).families().map(\.metric.name)
        #expect(names.sorted() == Metric.all.map(\.name).sorted())
    }

    @Test func `a page that nothing was done for says who it is of, and since when`() async {
        let text = await page(Shelf(time).repository).text()
        #expect(text.contains("publicca_repository_up 1\n"))
        #expect(text.contains("publicca_build_info{version=\"1.2.3\"} 1\n"))
        #expect(text.contains("process_start_time_seconds 1767225600\n"))
        #expect(text.contains("publicca_inventory_limit 5\n"))
        #expect(!text.contains("\npublicca_last_pass_timestamp_seconds"))
    }

    @Test func `a repository that cannot be read leaves a page of what this process knows itself`() async {
        let repository = Troubled(inner: Shelf(time).repository) { () async throws(RepositoryError) in
            throw RepositoryError.unavailable("the disk is gone")
        }
        let text = await page(repository).text()
        #expect(text.contains("publicca_repository_up 0\n") && text.contains("publicca_build_info"))
        #expect(!text.contains("\npublicca_certificates{") && !text.contains("disk"))
    }

    @Test func `a repository that does not answer holds no page, and is asked once for all`() async {
        let (silence, end) = AsyncStream.makeStream(of: Void.self)
        defer { end.finish() }
        let asked = Mutex(0)
        let page = page(
            Troubled(inner: Shelf(time).repository) {
                asked.withLock { $0 += 1 }
                for await _ in silence {}
            })
        async let first = page.text()
        async let second = page.text()
        await time.untilSleeping(2)
        time.advance(by: .seconds(5))
        let texts = await [first, second]
        #expect(texts.allSatisfy { $0.contains("publicca_repository_up 0\n") })
        #expect(asked.withLock { $0 } == 1)
    }

    @Test func `a limit that is changed shows on the next page`() async {
        let limit = Mutex<Int?>(nil)
        let page = MetricsPage(
            Monitor(now: time.now), Shelf(time).repository, inventoryLimit: { limit.withLock { $0 } }, version: "1",
            clock: time.clock)
        #expect(await !page.text().contains("\npublicca_inventory_limit "))
        limit.withLock { $0 = 7 }
        #expect(await page.text().contains("\npublicca_inventory_limit 7\n"))
    }

    @Test func `many pages at once are all whole`() async {
        let page = page(Shelf(time).repository)
        let texts = await withTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { await page.text() } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts.count == 1 && texts.first?.contains("publicca_repository_up 1") == true)
    }
}

/// A repository that lets something happen before it counts.
private struct Troubled: ForwardingRepository {
    let inner: MemoryRepository
    let trouble: @Sendable () async throws(RepositoryError) -> Void

    init(inner: MemoryRepository, _ trouble: @escaping @Sendable () async throws(RepositoryError) -> Void) {
        self.inner = inner
        self.trouble = trouble
    }

    func counts() async throws(RepositoryError) -> Counts {
        try await trouble()
        return try await inner.counts()
    }
}
