// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// Rows that are, or may be, orders that are on record already.
struct ImportedOrderTests {
    @Test(arguments: [OrderPhase.drafted, .submitting])
    func `an order whose answer is awaited is left to its own lookup`(_ phase: OrderPhase) async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        lab.ca.set { $0.order = { _ in .success(.scripted(.issued(CertificateReference("1")), key: "pca-ord_1")) } }
        let order = try await lab.seed(phase)
        let report = try await lab.imported().report
        #expect(report.new == 0 && report.unchanged == 1)
        #expect(try await lab.current(order).phase == phase)
    }

    @Test func `a renewal in flight, whose call carries no key, is left alone`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        _ = try await lab.seed(.submitting, kind: .renewal)
        #expect(try await lab.imported().report.new == 0)
    }

    @Test func `an import answers what a stuck order asks`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        lab.ca.set { $0.order = { _ in .success(.scripted(.issued(CertificateReference("1")), key: "pca-ord_1")) } }
        let order = try await lab.seed(.stuck)
        let report = try await lab.imported().report
        #expect(report.new == 0 && report.changed == 1)
        #expect(try await lab.run(order, passes: 1).phase == .completed)
        #expect(try await lab.repository.orders(OrderQuery()).items.count == 1)
    }

    @Test func `an order that was let go comes back as the CA's`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.stuck)
        _ = try await lab.engine.resolve(order.id, as: .abandon)
        lab.ca.issues(["1"])
        lab.ca.set { $0.order = { _ in .success(.scripted(.issued(CertificateReference("1")), key: "pca-ord_1")) } }
        #expect(try await lab.imported().report.new == 1)
        #expect(try await lab.certificates().count == 1)
    }

    @Test func `a second order under our key is shown, not hidden behind the first`() async throws {
        let lab = try await ScriptedLab()
        _ = try await lab.seed(.completed, reference: "1") { $0.listedVersion = "1" }
        lab.ca.issues(["1", "2"])
        lab.ca.set { script in
            script.order = { .success(.scripted(.issued(CertificateReference($0.rawValue)), key: "pca-ord_1")) }
        }
        #expect(try await lab.imported().report.new == 1)
    }

    @Test func `a person's withdrawal outlives an import`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.cancelling, .cancel, reference: "1", kind: .imported)
        lab.ca.set {
            $0.rows = [OrderRow(order: OrderReference("1"), certificate: nil, version: "approved")]
            $0.order = { _ in .success(.scripted(.processing)) }
        }
        #expect(try await lab.imported().report.changed == 1)
        #expect(try await lab.current(order).phase == .cancelling)
        try await lab.engine.pass(.order(order.id))
        #expect(lab.ca.calls.contains("cancel"))
    }

    @Test func `an imported order that the CA takes up again is polled`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.rejected, reference: "1", kind: .imported)
        lab.ca.issues(["1"], version: "2")
        _ = try await lab.imported()
        #expect(try await lab.current(order).phase == .placed)
        #expect(try await lab.run(order, passes: 2).phase == .completed)
    }

    @Test func `a full inventory keeps an imported certificate waiting`() async throws {
        var options = EngineOptions(worker: "one")
        options.capacity = 1
        let lab = try await ScriptedLab(options: options)
        lab.ca.issues(["1", "2"])
        let report = try await lab.imported().report
        #expect(report.new == 2 && report.awaitingCapacity == 1)
        #expect(try await lab.certificates().count == 1)
    }

    @Test func `a list that leads in a circle ends the import`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        lab.ca.set { $0.next = { $0 == PageCursor("a") ? PageCursor("b") : PageCursor("a") } }
        let run = try await lab.imported()
        #expect(run.isFinished && run.problem?.contains("earlier page") == true)
    }

    @Test func `an import that takes longer than somebody waits goes on later`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        lab.ca.set { [time = lab.time] script in
            script.next = { cursor in
                time.advance(by: .seconds(10))
                return PageCursor("\((cursor.flatMap { Int($0.rawValue) } ?? 0) + 1)")
            }
        }
        let run = try await lab.engine.importOrders(account: "main")
        #expect(try await !lab.engine.settle(.importRun(run.id), within: .seconds(60)))
        let pages = try #require(try await lab.repository.importRun(run.id)).pages
        #expect((5...7).contains(pages))
        #expect(try await !lab.engine.settle(.importRun(run.id), within: .zero))
        #expect(try await lab.repository.importRun(run.id)?.pages == pages + 1)
    }

    @Test func `a page keeps its lease however slow the CA is`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues((0..<100).map { "\($0)" })
        lab.ca.set { [time = lab.time] script in
            let read = script.order
            script.order = {
                time.advance(by: .seconds(3))
                return read($0)
            }
        }
        let run = try await lab.engine.importOrders(account: "main")
        try await lab.engine.pass(.importRun(run.id))
        let done = try #require(try await lab.repository.importRun(run.id))
        #expect(done.isFinished && done.report.new == 100)
    }
}
