// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA
import PublicCATesting
import Testing

@Suite struct MockContractTests {
    /// Its list is short, and it shows certificates one by one.
    private static let inapplicable: Set = [
        "a cursor is good for an account opened anew", "an order read with its certificate is what both are apart",
    ]

    @Test(arguments: ProviderCheck.all)
    func `the mock keeps the contract`(check: ProviderCheck) async throws {
        let outcome = try await check.run(with: .mock())
        if case .notApplicable(let reason) = outcome {
            #expect(Self.inapplicable.contains(check.promise), "\(check.promise): \(reason)")
        }
    }

    @Test(arguments: [
        Set<Mischief>([.oneID]), [.oneID, .lateReissue], [.revokedPredecessor], [.oneID, .revokedPredecessor],
        [.chainUpsideDown, .strayRoots], [.lateVisibility], [.revokedIsGone], [.keyWithheld],
    ])
    func `it does in every shape that a CA may have`(shape: Set<Mischief>) async {
        let report = await ConformanceReport(with: .mock(shape))
        #expect(report.failures.isEmpty, "\(report)")
    }

    @Test func `a cursor is good for an account opened anew, with more than a page of orders`() async throws {
        let fixture = ProviderFixture.mock()
        let provider = try await fixture.open()
        let request = try await fixture.request?(.pending)
        for number in 0..<205 {
            var next = try #require(request)
            next.key = OrderKey("bulk-\(number)")
            _ = try await provider.place(next)
        }
        let checks = ProviderCheck.all.filter { $0.isReadOnly && $0.needs == [.orders] }
        let report = await ConformanceReport(of: checks, with: fixture)
        #expect(report.rows.count == 5)
        for row in report.rows { #expect(try row.result.get() == .passed, "\(row.promise)") }
    }

    @Test func `checks that only read order nothing`() async throws {
        let fixture = ProviderFixture.mock(existing: false)
        let report = await ConformanceReport(of: ProviderCheck.all.filter(\.isReadOnly), with: fixture)
        #expect(report.failures.isEmpty && report.rows.count > 15, "\(report)")
        #expect(try await fixture.open().orders?.listOrders(in: [], after: nil).items.isEmpty == true)
    }

    @Test func `every promise has a name of its own`() {
        let promises = ProviderCheck.all.map(\.promise)
        #expect(Set(promises).count == promises.count)
    }

    @Test func `what cannot be shown is not applicable, never passed`() async {
        let fixture = ProviderFixture(open: { MockCA().provider })
        let report = await ConformanceReport(with: fixture)
        #expect(report.failures.isEmpty, "\(report)")
        for (check, row) in zip(ProviderCheck.all, report.rows) where !check.isReadOnly {
            guard case .success(.notApplicable) = row.result else {
                Issue.record("\(check.promise) passed without an order")
                continue
            }
        }
        #expect(report.description.contains("not applicable  a pending order is not issued (nothing may be ordered"))
    }
}
