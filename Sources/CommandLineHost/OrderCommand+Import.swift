// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

extension OrderCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes in the orders that the CA has.",
            discussion: "Example: publicca order import --account demo")
        @OptionGroup var global: GlobalOptions
        @Option var account: String
        @Option(help: "Only this order; repeat.") var reference: [String] = []
        @Option(help: "Only this state, in the CA's word; repeat.") var state: [String] = []
        @Flag var withoutCertificates = false
        @Flag(help: "Bring back what was deleted here.") var again = false

        func run() async throws {
            let host = try global.open()
            let start = Date()
            let run = try await host.engine.importOrders(
                account: account,
                ImportOptions(
                    references: reference.map { OrderReference($0) }, states: state,
                    withoutCertificates: withoutCertificates, again: again))
            let (rests, after) = try await host.stored { () async throws(RepositoryError) in
                let rests = try await host.engine.settle(.importRun(run.id), within: .seconds(300))
                return (rests, try await host.repository.importRun(run.id) ?? run)
            }
            let body = ReportBody(after.report, seconds: Date().timeIntervalSince(start))
            if global.isJSON { try Output.json(body) } else { print(body.line) }
            for row in after.report.quarantined { Output.note("quarantined \(row.reference): \(row.reason)") }
            if let problem = after.problem { throw LifecycleError(.unreachable, problem) }
            if !rests { throw Ended.unfinished }
        }
    }

    /// An import's report as scripts see it.
    struct ReportBody: Encodable {
        struct Row: Encodable {
            var reference, why: String
        }

        var listed, new, changed, unchanged, vanished, deletedHere, awaitingCapacity, withPrivateKey, calls: Int
        var quarantined: [Row]
        var seconds: Double

        init(_ report: ImportReport, seconds: Double) {
            listed = report.listed
            new = report.new
            changed = report.changed
            unchanged = report.unchanged
            vanished = report.vanished
            deletedHere = report.deletedHere
            awaitingCapacity = report.awaitingCapacity
            withPrivateKey = report.withPrivateKey
            calls = report.calls
            quarantined = report.quarantined.map { Row(reference: $0.reference, why: $0.reason) }
            self.seconds = (seconds * 10).rounded() / 10
        }

        var line: String {
            "\(listed) listed: \(new) new, \(changed) changed, \(unchanged) unchanged, "
                + "\(quarantined.count) quarantined, \(deletedHere) deleted here; \(vanished) vanished"
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decides on an order that is stuck.",
            discussion: "Example: publicca order resolve ord_01 --placed 4711")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var waiting: Waiting
        @Argument var id: String
        @Option(help: "It is at the CA, under this reference.") var placed: String?
        @Flag(help: "Read it again, or send it if it never got there.") var retry = false
        @Flag(help: "Let it go here.") var abandon = false

        func run() async throws {
            let choices: [OrderResolution] =
                (placed.map { [.placed(OrderReference($0))] } ?? []) + (retry ? [.retry] : [])
                + (abandon ? [.abandon] : [])
            guard choices.count == 1, let choice = choices.first else {
                throw LifecycleError(.badInput, "choose one of --placed REFERENCE, --retry, --abandon")
            }
            let host = try global.open()
            let order = try await host.engine.resolve(try await host.findOrder(id).id, as: choice)
            if choice == .abandon { return print("\(order.id): \(order.phase.rawValue)") }
            try await host.follow(order, for: waiting.wait, global)
        }
    }
}
