// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MockProvider
import PublicCA
import PublicCATesting
import Testing

/// CAs that keep every promise in their own way: none of them may fail a check.
@Suite struct PatientChecksTests {
    /// The checks with a CA that differs in this way, and their table.
    private func report(
        _ shape: Set<Mischief> = [], unknownOrder: String = "999999999999", onlyReads: Bool = false,
        _ edit: @escaping @Sendable (inout BrokenProvider) -> Void
    ) async -> ConformanceReport {
        let checks = ProviderCheck.all.filter { $0.isReadOnly || !onlyReads }
        return await ConformanceReport(
            of: checks,
            with: .mock(shape, unknownOrder: unknownOrder) { base in
                var provider = BrokenProvider(base)
                edit(&provider)
                return provider
            })
    }

    @Test func `a certificate may be issued before it can be collected`() async {
        let reads = Recollection<[CertificateReference: Int]>([:])
        let report = await report { broken in
            broken.onCertificate = { (base, reference) throws(ProviderError) in
                let snapshot = try await base.certificate(reference)
                let count = reads.change { reads in
                    reads[reference, default: 0] += 1
                    return reads[reference, default: 0]
                }
                if count < 3 { throw ProviderError(.transient(retryAfter: .seconds(5)), "being processed") }
                return snapshot
            }
        }
        #expect(report.failures.isEmpty, "\(report)")
    }

    @Test func `an order and a certificate may not be there at once`() async {
        let reads = Recollection<[String: Int]>([:])
        @Sendable func isMissing(_ name: String) -> Bool {
            reads.change { reads in
                reads[name, default: 0] += 1
                return reads[name, default: 0] < 4
            }
        }
        let report = await report { broken in
            broken.onOrder = { (base, order) throws(ProviderError) in
                if isMissing(order.rawValue) { throw ProviderError(.notFound, "not yet") }
                return try await base.order(order)
            }
            broken.onCertificate = { (base, reference) throws(ProviderError) in
                if isMissing(reference.rawValue) { throw ProviderError(.notFound, "not yet") }
                return try await base.certificate(reference)
            }
        }
        #expect(report.failures.isEmpty, "\(report)")
    }

    @Test(arguments: [Set<Mischief>([]), [.oneID], [.oneID, .lateReissue]])
    func `a serial number may stand in the certificate alone`(shape: Set<Mischief>) async {
        let report = await report(shape) { broken in
            broken.onCertificate = { (base, reference) throws(ProviderError) in
                var snapshot = try await base.certificate(reference)
                snapshot.serialNumber = nil
                return snapshot
            }
        }
        #expect(report.failures.isEmpty, "\(report)")
    }

    @Test(arguments: [true, false])
    func `a revocation may be accepted and carried out later, and the CA may not tell when`(tells: Bool) async {
        let waiting = Recollection<[SerialNumber: (RevocationRequest, Int)]>([:])
        /// Each call at the CA brings what is accepted nearer.
        @Sendable func work(_ base: MockProvider) async throws(ProviderError) {
            let due = waiting.change { waiting -> [RevocationRequest] in
                for serial in waiting.keys { waiting[serial]?.1 -= 1 }
                let due = waiting.values.filter { $0.1 <= 0 }.map(\.0)
                waiting = waiting.filter { $0.value.1 > 0 }
                return due
            }
            for request in due { _ = try await base.revoke(request) }
        }
        let report = await report { broken in
            broken.onRevoke = { (base, request) throws(ProviderError) in
                try await work(base)
                if waiting.change({ $0[request.serialNumber] != nil }) { return .accepted }
                let shown = try await base.certificate(request.certificate)
                if case .revoked = shown.state { return .alreadyRevoked }
                guard shown.serialNumber == request.serialNumber else { return try await base.revoke(request) }
                waiting.change { $0[request.serialNumber] = (request, 4) }
                return .accepted
            }
            broken.onCertificate = { (base, reference) throws(ProviderError) in
                try await work(base)
                var snapshot = try await base.certificate(reference)
                if !tells { (snapshot.state, snapshot.wording) = (.unrecognized, "") }
                return snapshot
            }
            broken.onListOrders = { (base, states, cursor) throws(ProviderError) in
                try await work(base)
                return try await base.listOrders(in: states, after: cursor)
            }
        }
        // The mock loses answers of revocations only where it makes them itself.
        let failures = report.failures.filter { !$0.promise.hasPrefix("a revocation whose answer is lost") }
        #expect(failures.isEmpty, "\(report)")
    }

    @Test func `references may have a form of their own`() async {
        let report = await report(unknownOrder: "MO-77777", onlyReads: true) { broken in
            broken.onOrder = { (base, order) throws(ProviderError) in
                guard order.rawValue.hasPrefix("MO-") else { throw ProviderError(.rejected, "not a reference") }
                return try await base.order(order)
            }
            broken.onCertificate = { (base, reference) throws(ProviderError) in
                guard reference.rawValue.hasPrefix("M") else { throw ProviderError(.rejected, "not a reference") }
                return try await base.certificate(reference)
            }
        }
        #expect(report.failures.isEmpty, "\(report)")
    }

    /// As when `account verify --contract` is run where people are at work.
    @Test func `others may order meanwhile, and rows may shift between pages`() async throws {
        let calls = Recollection(0)
        let latest = Recollection(OrderReference(""))
        let others = try (0..<20).map { try Wish("n\($0).example.org", profile: "Mock Approval").request }
        let report = await report(onlyReads: true) { broken in
            broken.onListOrders = { (base, states, cursor) throws(ProviderError) in
                let number = calls.change { calls in
                    calls += 1
                    return calls
                }
                // At every few pages somebody orders, or withdraws.
                if number.isMultiple(of: 10) {
                    let order = try await base.place(others[number % others.count])
                    latest.change { $0 = order }
                } else if number.isMultiple(of: 5), number > 10 {
                    _ = try await base.cancel(latest.change { $0 }, comments: "by others")
                }
                let all = try await base.listOrders(in: states, after: nil).items
                let start = cursor.flatMap { Int($0.rawValue) } ?? 0
                // Each page begins with the last row of the one before.
                let page = Array(all.dropFirst(max(0, start - 1)).prefix(4))
                let next = start + 3 < all.count ? PageCursor("\(start + 3)") : nil
                return Page(items: page, next: next, total: all.count)
            }
        }
        #expect(report.failures.isEmpty, "\(report)")
    }
}
