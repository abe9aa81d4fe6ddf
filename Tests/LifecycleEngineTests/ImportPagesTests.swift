// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

/// Page after page: one is read while another is taken.
struct ImportPagesTests {
    /// Three pages of two orders each.
    private func lab(
        _ pages: [[String]] = [["1", "2"], ["3", "4"], ["5", "6"]], turn: Duration = .seconds(10)
    ) async throws -> ScriptedLab {
        var options = EngineOptions(worker: "one")
        options.turn = turn
        let lab = try await ScriptedLab(options: options)
        lab.ca.issues([])
        lab.ca.set { script in
            let number: @Sendable (PageCursor?) -> Int = { $0.flatMap { Int($0.rawValue) } ?? 0 }
            script.page = { cursor in
                pages[number(cursor)].map { OrderRow(order: OrderReference($0), certificate: nil, version: "1") }
            }
            script.next = { number($0) + 1 < pages.count ? PageCursor("\(number($0) + 1)") : nil }
        }
        return lab
    }

    private func count(_ call: String, _ lab: ScriptedLab) -> Int { lab.ca.calls.count { $0 == call } }

    @Test func `all pages are taken in one turn, and nothing is asked twice`() async throws {
        let lab = try await lab()
        let run = try await lab.imported(passes: 1)
        #expect(run.isFinished && run.report.new == 6 && run.pages == 3)
        #expect(count("list", lab) == 3 && count("order", lab) == 6 && count("certificate", lab) == 6)
    }

    @Test func `of two imports that begin at once there is one, and a later one begins anew`() async throws {
        let lab = try await lab()
        let engine = lab.engine
        let started = Mutex<ImportRun?>(nil)
        let rival = lab.rival {
            let run = try? await engine.importOrders(account: "main")
            started.withLock { $0 = run }
        }
        let run = try await rival.importOrders(account: "main")
        #expect(started.withLock { $0 } == run)
        #expect(try await lab.repository.unfinishedImports(account: "main") == [run])
        let other = try await engine.importOrders(account: "main", ImportOptions(withoutCertificates: true))
        #expect(try await lab.repository.unfinishedImports(account: "main").count == 2 && other.id != run.id)
        #expect(try await lab.imported().report.new == 6)
        let again = try await lab.imported()
        #expect(again.isFinished && again.report.unchanged == 6 && again.report.new == 0)
    }

    @Test func `a turn that is over ends between two pages, and nothing is asked in vain`() async throws {
        let lab = try await lab(turn: .zero)
        let run = try await lab.engine.importOrders(account: "main")
        for pages in 1...3 {
            _ = try await lab.engine.settle(.importRun(run.id), within: .zero)
            #expect(try await lab.repository.importRun(run.id)?.pages == pages)
            #expect(try await lab.repository.work(.importRun(run.id), task: WorkItem.life)?.lease == nil)
        }
        #expect(try await lab.repository.importRun(run.id)?.report.new == 6)
        #expect(count("list", lab) == 3 && count("order", lab) == 6)
    }

    @Test func `a row that has moved to the next page is one order`() async throws {
        let lab = try await lab([["1", "2"], ["2", "3"], ["3", "1"]])
        let report = try await lab.imported().report
        #expect(report.new == 3 && report.unchanged == 3 && report.listed == 6 && report.quarantined.isEmpty)
        #expect(try await lab.repository.orders(OrderQuery()).items.count == 3)
    }

    @Test func `whoever is stopped leaves the pages that were taken, and the next goes on behind them`() async throws {
        let lab = try await lab()
        let script = lab.ca.script
        let (reached, arrivals) = AsyncStream.makeStream(of: Void.self)
        let (never, _) = AsyncStream.makeStream(of: Void.self)
        lab.ca.set { changed in
            changed.order = { reference in
                if reference.rawValue == "3" { arrivals.yield() }
                return script.order(reference)
            }
            // The third page is not listed before the engine is stopped.
            changed.page = { cursor in
                if cursor == PageCursor("2") { _ = await never.first { _ in true } }
                return await script.page?(cursor) ?? []
            }
        }
        let run = try await lab.engine.importOrders(account: "main")
        let engine = lab.engine
        let working = Task { try await engine.pass(.importRun(run.id)) }
        _ = await reached.first { _ in true }
        while try await lab.repository.importRun(run.id)?.pages == 0 { await Task.yield() }
        working.cancel()
        _ = try await working.value
        let stopped = try #require(try await lab.repository.importRun(run.id))
        #expect(stopped.problem == nil && stopped.failures.count == 0 && !stopped.isFinished)
        #expect(try await lab.repository.work(.importRun(run.id), task: WorkItem.life)?.lease == nil)
        lab.ca.set { $0 = script }
        lab.ca.forgetCalls()
        try await lab.engine.pass(.importRun(run.id))
        let done = try #require(try await lab.repository.importRun(run.id))
        #expect(done.isFinished && done.report.new == 6)
        #expect(count("list", lab) == 3 - stopped.pages)
    }

    @Test func `a row that tells nothing is read while it is unknown`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1", "2"], version: "")
        #expect(try await lab.imported().report.new == 2)
        lab.ca.issues(["1", "2", "3"], version: "")
        lab.ca.forgetCalls()
        let report = try await lab.imported().report
        #expect(report.new == 1 && report.unchanged == 2 && count("order", lab) == 1)
    }

    @Test func `orders that come with their certificates are asked for once`() async throws {
        let lab = try await lab()
        lab.ca.set { $0.showsBoth = true }
        let report = try await lab.imported().report
        #expect(report.new == 6 && count("both", lab) == 6)
        #expect(count("order", lab) == 0 && count("certificate", lab) == 0)
    }

    @Test func `more than were listed is told`() async throws {
        let lab = try await lab()
        lab.ca.set { $0.total = 8 }
        #expect(try await lab.imported().report.unlisted == 2)
        lab.ca.set { $0.total = 6 }
        #expect(try await lab.imported().report.unlisted == 0)
        lab.ca.set { $0.total = nil }
        #expect(try await lab.imported().report.unlisted == nil)
    }
}
