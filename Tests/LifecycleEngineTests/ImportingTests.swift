// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct ImportingTests {
    private func imported(_ lab: Laboratory, _ options: ImportOptions = ImportOptions()) async throws -> ImportReport {
        let run = try await lab.engine.importOrders(account: "test", options)
        try await lab.engine.pass(.importRun(run.id))
        return try #require(try await lab.repository.importRun(run.id)).report
    }

    private func adds(_ report: ImportReport) -> Bool {
        report.listed == report.new + report.changed + report.unchanged + report.quarantined.count + report.deletedHere
    }

    @Test func `existing orders come in once, and then are unchanged`() async throws {
        let lab = try await Laboratory(existing: true)
        let first = try await imported(lab)
        #expect(first.new > 0 && first.new == first.listed && adds(first))
        let second = try await imported(lab)
        #expect(second.new == 0 && second.unchanged == second.listed && adds(second))
        #expect(second.vanished == 0)
    }

    @Test func `an import while our own order is in flight makes one record`() async throws {
        let lab = try await Laboratory()
        lab.ca.play(.lostReply, times: 1)
        let order = try await lab.engine.order(Laboratory.wish())
        try await lab.engine.pass(.order(order.id))
        let report = try await imported(lab)
        #expect(report.listed == 1 && report.new == 0 && adds(report))
        #expect(try await lab.run(order).phase == .completed)
        #expect(try await lab.repository.orders(OrderQuery()).items.count == 1)
    }

    @Test func `what was deleted here stays deleted until asked for again`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.delete(certificate.order)
        let report = try await imported(lab)
        #expect(report.deletedHere == 1 && report.new == 0 && adds(report))
        let again = try await imported(lab, ImportOptions(again: true))
        #expect(again.new == 1 && again.withPrivateKey == 1)
    }

    @Test func `an unfinished order refuses to be deleted`() async throws {
        let lab = try await Laboratory()
        let order = try await lab.engine.order(Laboratory.wish(profile: "Mock Endless"))
        await #expect(throws: LifecycleError.self) { try await lab.engine.delete(order.id) }
    }
}
