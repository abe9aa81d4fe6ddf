// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// A page is taken in parts of a hundred rows, and what cannot be read for the moment waits until the end.
struct ImportPartsTests {
    private static let orders = (1...250).map { "\($0)" }

    /// One page of 250 orders.
    private func lab(turn: Duration = .seconds(10)) async throws -> ScriptedLab {
        var options = EngineOptions(worker: "one")
        options.turn = turn
        let lab = try await ScriptedLab(options: options)
        lab.ca.issues(Self.orders)
        return lab
    }

    /// The CA does not show these orders, as long as `isBusy` says so.
    private func withhold(
        _ withheld: Set<String>, _ lab: ScriptedLab, while isBusy: @escaping @Sendable () -> Bool = { true }
    ) {
        lab.ca.set { script in
            let read = script.order
            script.order = { withheld.contains($0.rawValue) && isBusy() ? .failure(.busy) : read($0) }
        }
    }

    private func reads(_ lab: ScriptedLab) -> Int { lab.ca.calls.count { $0 == "order" } }

    private func adds(_ report: ImportReport) -> Bool {
        report.listed == report.new + report.changed + report.unchanged + report.quarantined.count + report.deletedHere
    }

    @Test(arguments: ["1", "150", "250"])
    func `an order that cannot be read holds up no other, and is set aside in the end`(_ order: String) async throws {
        let lab = try await lab()
        withhold([order], lab)
        let run = try await lab.engine.importOrders(account: "main")
        try await lab.engine.pass(.importRun(run.id))
        let first = try #require(try await lab.repository.importRun(run.id))
        #expect(first.report.new == 249 && !first.isFinished && first.problem?.contains("1 orders") == true)
        let start = lab.time.now()
        let report = try await lab.imported().report
        #expect(report.new == 249 && report.quarantined.map(\.reference) == [order] && adds(report))
        #expect(report.listed == 250 && lab.time.now().timeIntervalSince(start) < 90)
        #expect(reads(lab) == 249 + 4)
    }

    @Test func `what can be read again is taken, and counted once`() async throws {
        let lab = try await lab()
        let start = lab.time.now()
        withhold(["7", "150"], lab) { [time = lab.time] in time.now() == start }
        let report = try await lab.imported().report
        #expect(report.new == 250 && report.listed == 250 && report.quarantined.isEmpty && adds(report))
    }

    @Test func `while the CA shows nothing at all, nothing is set aside`() async throws {
        let lab = try await lab()
        let start = lab.time.now()
        withhold(Set(Self.orders), lab) { [time = lab.time] in time.now().timeIntervalSince(start) < 3600 }
        let run = try await lab.imported(passes: 20)
        #expect(run.isFinished && run.report.new == 250 && run.report.quarantined.isEmpty)
    }

    @Test func `where most cannot be read, the list waits`() async throws {
        let lab = try await ScriptedLab()
        let orders = (1...600).map { "\($0)" }
        lab.ca.issues(orders)
        withhold(Set(orders.filter { $0.hasSuffix("1") == false }), lab)
        let run = try await lab.imported(passes: 3)
        #expect(!run.isFinished && run.aside.count == 180 && run.report.quarantined.isEmpty)
        #expect(run.failures.count > 0 && run.problem != nil)
    }

    @Test func `a turn may end between two parts, and what was taken is not read again`() async throws {
        let lab = try await lab(turn: .zero)
        let run = try await lab.engine.importOrders(account: "main")
        var before = 0
        while before < 200 {
            _ = try await lab.engine.settle(.importRun(run.id), within: .zero)
            let report = try #require(try await lab.repository.importRun(run.id)).report
            // At most as many as are read at once.
            #expect(report.new > before && report.new <= before + 64 && report.listed == report.new)
            before = report.new
        }
        #expect(try await lab.imported().report.new == 250)
        #expect(reads(lab) == 250)
    }

    @Test func `rows that shift while an import rests are neither lost nor counted twice`() async throws {
        let lab = try await lab(turn: .zero)
        let run = try await lab.engine.importOrders(account: "main")
        _ = try await lab.engine.settle(.importRun(run.id), within: .zero)
        lab.ca.issues(["new", "newer"] + Self.orders)
        let report = try await lab.imported().report
        #expect(report.new == 252 && report.listed == 252 && adds(report))
    }

    @Test func `a row that has shifted behind the page's end is not passed over`() async throws {
        let lab = try await lab()
        lab.ca.set { script in
            script.page = { cursor in
                let rows = cursor == nil ? Self.orders : ["50", "251"]
                return rows.map { OrderRow(order: OrderReference($0), certificate: nil, version: "1") }
            }
            script.next = { $0 == nil ? PageCursor("2") : nil }
        }
        let report = try await lab.imported().report
        #expect(report.new == 251 && report.unchanged == 1 && adds(report))
    }

    @Test func `what cannot be understood in a list has not vanished`() async throws {
        let lab = try await lab()
        _ = try await lab.imported()
        lab.ca.set { script in
            script.rows.removeLast(2)
            script.unreadable = [UnreadableRow(reference: "250", reason: "odd")]
        }
        let report = try await lab.imported().report
        #expect(report.vanished == 1 && report.quarantined.count == 1 && adds(report))
    }
}
