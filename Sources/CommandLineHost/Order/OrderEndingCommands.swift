// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct OrderCancelCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Withdraw an order that has not been issued.",
        usage: "publicca order cancel <id> [--comments <text>] [--yes] [--wait <seconds>]",
        discussion: "Example: publicca order cancel ord_01kz… --comments \"not needed\" --yes")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @Option(parsing: .unconditional, help: ArgumentHelp("For the people at the CA.", valueName: "text"))
    var comments: String?
    @OptionGroup var answer: YesOption
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let found = try await Finder(composition.repository).order(id)
        try found.requireCancellable()
        try session.confirm("Withdraw \(found.id) for \(found.details.commonName)?", answer)
        let order = try await composition.engine.cancel(found.id, comments: comments ?? "withdrawn by the requester")
        let watch = Watch(composition: composition, output: session.output)
        _ = try await watch.watch(limit: waiting.wait ?? 300, watch.describe(order.id)) {
            () async throws(RepositoryError) in
            try await composition.settleCancelling(order.id, within: waiting.wait ?? 300)
        }
        return try await report(order.id, session, composition)
    }

    private func report(
        _ id: OrderID, _ session: Session, _ composition: Composition
    ) async throws(LifecycleError) -> ExitStatus {
        let outcome = OrderOutcome(session: session, composition: composition)
        let after = try await reading { () async throws(RepositoryError) in
            try await composition.repository.order(id)
        }
        guard let after else { throw LifecycleError(.refused, "\(id) is gone") }
        let view = try await OrderView.load(after, composition.repository)
        try session.output.result(view.json, text: "\(id) is \(after.phase.rawValue)")
        switch after.phase {
        case .cancelled: return .done
        case .cancelling, .drafted, .submitting: return try await outcome.statusWhileHeldBack(after.account) ?? .pending
        default:
            let reason = try await answer(to: id, composition) ?? after.problem
            session.output.error(
                LifecycleError(
                    .refused, "\(id) was not withdrawn\(reason.map { ": \($0)" } ?? "")",
                    hint: "see: publicca journal \(id)"))
            return .refused
        }
    }

    /// What came of the last wish to withdraw it. An order that goes on has forgotten; the journal has not.
    private func answer(to id: OrderID, _ composition: Composition) async throws(LifecycleError) -> String? {
        var query = JournalQuery()
        query.subject = .order(id)
        let wanted = query
        let entries = try await reading { () async throws(RepositoryError) in
            try await composition.repository.journal(wanted).items
        }
        guard let asked = entries.lastIndex(where: { $0.event == OrderPhase.cancelling.rawValue }) else { return nil }
        return entries[asked...].dropFirst().first { $0.event != "intent" }?.detail
    }
}

extension Composition {
    /// Runs an order until its withdrawal is decided: one that goes on afterwards is not waited for.
    func settleCancelling(_ id: OrderID, within seconds: Int) async throws(RepositoryError) -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            if try await engine.settle(.order(id), within: .zero) { return true }
            guard let order = try await repository.order(id), order.phase == .cancelling else { return true }
            guard ContinuousClock.now < end, !Task.isCancelled else { return false }
            do {
                try await Task.sleep(for: .milliseconds(200))
            } catch {
                return false
            }
        }
    }
}

struct OrderDeleteCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Drop our record of a finished order, not the CA's.",
        discussion: "Example: publicca order delete ord_01kz… --yes")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @OptionGroup var answer: YesOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let order = try await Finder(composition.repository).order(id)
        let with = order.certificate.map { " and \($0)" } ?? ""
        try session.confirm("Delete \(order.id)\(with) for \(order.details.commonName) here?", answer)
        try await composition.engine.delete(order.id)
        try session.output.result(
            OrderView(order: order, work: nil).json,
            text: "\(order.id)\(with) deleted here; the CA's records stay, and imports pass over them")
        return .done
    }
}

struct OrderResolveCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Decide on an order that is stuck.",
        usage: "publicca order resolve <id> --placed <reference> | --retry | --abandon",
        discussion: "Example: publicca order resolve ord_01kz… --placed 4711")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @Option(
        parsing: .unconditional, help: ArgumentHelp("It is at the CA under this reference.", valueName: "reference"))
    var placed: String?
    @Flag(help: "Read again what the CA has; buy only what never got there.") var retry = false
    @Flag(help: "Let it go here. What the CA has stays there.") var abandon = false
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        guard [placed != nil, retry, abandon].filter({ $0 }).count == 1 else {
            throw LifecycleError(.badInput, "one of --placed REFERENCE, --retry and --abandon is wanted")
        }
        let composition = try await session.open()
        let found = try await Finder(composition.repository).order(id)
        try found.requireStuck()
        let resolution: OrderResolution =
            if let placed { .placed(OrderReference(placed)) } else if retry { .retry } else { .abandon }
        let order = try await composition.engine.resolve(found.id, as: resolution)
        if abandon {
            try session.output.result(
                OrderView(order: order, work: nil).json, text: "\(order.id) is let go; what the CA has stays there")
            return .done
        }
        return try await OrderOutcome(session: session, composition: composition)
            .follow(order.id, wait: waiting.wait)
    }
}
