// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct OrderCheckCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Ask the CA about orders now, and take what is there.",
        discussion: "Example: publicca order check ord_01kz… (exit 3: still pending)")

    @Argument(help: "Ids, their beginnings, or common names.") var ids: [String] = []
    @Flag(help: "All that are under way.") var all = false
    @Option(help: ArgumentHelp("Of this account only.", valueName: "name")) var account: String?
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        guard all != !ids.isEmpty else {
            throw LifecycleError(.badInput, "either orders or --all are wanted", hint: "publicca order check ID")
        }
        guard account == nil || all else {
            throw LifecycleError(.badInput, "--account goes with --all", hint: "leave it out")
        }
        let composition = try await session.open()
        if all { return try await checkAll(session, composition) }
        let finder = Finder(composition.repository)
        var orders: [Order] = []
        for id in ids {
            let order = try await finder.order(id)
            if !orders.contains(where: { $0.id == order.id }) { orders.append(order) }
        }
        if ids.count == 1, let order = orders.first { return try await checkOne(order, session, composition) }
        return try await check(orders, session, composition)
    }

    private func checkAll(_ session: Session, _ composition: Composition) async throws(LifecycleError) -> ExitStatus {
        var query = OrderQuery()
        query.account = account
        query.phases = OrderPhase.allCases.filter { !$0.isFinal && $0 != .stuck }
        if let account { _ = try await composition.account(account) }
        var orders: [Order] = []
        repeat {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in
                try await composition.repository.orders(wanted)
            }
            orders += page.items
            query.after = page.next
        } while query.after != nil
        return try await check(orders, session, composition)
    }

    private func checkOne(
        _ order: Order, _ session: Session, _ composition: Composition
    ) async throws(LifecycleError) -> ExitStatus {
        let outcome = OrderOutcome(session: session, composition: composition)
        if try await outcome.canGoOn(order.id) { try await ask(order, session, composition) }
        let status = try await outcome.report(order.id)
        if order.phase.isFinal { try await outcome.warnWhileHeldBack(order) }
        return status
    }

    /// An account that the CA refuses, or that cannot be asked from here, costs its own orders alone.
    private func check(
        _ orders: [Order], _ session: Session, _ composition: Composition
    ) async throws(LifecycleError) -> ExitStatus {
        let outcome = OrderOutcome(session: session, composition: composition)
        var status = ExitStatus.done
        var heldBack: Set<String> = []
        var views: [OrderView] = []
        for (index, order) in orders.enumerated() {
            if !heldBack.contains(order.account) {
                if try await outcome.canGoOn(order.id) {
                    try await ask(order, session, composition, "\(index + 1) of \(orders.count), ")
                }
                if order.phase.isFinal {
                    try await outcome.warnWhileHeldBack(order)
                } else if let worse = try await outcome.statusWhileHeldBack(order.account) {
                    heldBack.insert(order.account)
                    status = status.worse(worse)
                }
            }
            let after = try await reading { () async throws(RepositoryError) in
                try await composition.repository.order(order.id)
            }
            guard let after else { continue }
            views.append(try await OrderView.load(after, composition.repository))
            let isDecided = after.phase.isFinal || after.phase == .stuck
            if isDecided || !heldBack.contains(order.account) {
                status = status.worse(try await outcome.status(of: after))
            }
        }
        try session.output.list(
            views.map(\.json), OrderView.table(views.map(\.order)), empty: "no order is under way")
        return status
    }

    private func ask(
        _ order: Order, _ session: Session, _ composition: Composition, _ prefix: String = ""
    ) async throws(LifecycleError) {
        guard try await composition.engine.hasten(order) else { return }
        let watch = Watch(composition: composition, output: session.output)
        let describe = watch.describe(order.id)
        // Of a completed order it is the certificate that is looked at.
        let subject = order.phase == .completed ? order.certificate.map { Subject.certificate($0) } : nil
        try await watch.pass(subject ?? .order(order.id)) { "\(prefix)\(await describe())" }
    }
}
