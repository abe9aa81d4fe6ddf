// SPDX-License-Identifier: Apache-2.0

import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Does what an order needs now, says what became of it, and tells it by the exit code.
struct OrderOutcome {
    let session: Session
    let composition: Composition

    /// - Parameters:
    ///   - wait: how many seconds to watch; `nil` to do what is due and go.
    ///   - generated: a keystore password that nobody has seen yet.
    func follow(_ id: OrderID, wait: Int?, generated: Secret? = nil) async throws(LifecycleError) -> ExitStatus {
        if try await canGoOn(id) {
            let watch = Watch(composition: composition, output: session.output)
            if let wait {
                _ = try await watch.settle(.order(id), within: wait, watch.describe(id))
            } else {
                try await watch.pass(.order(id), watch.describe(id))
            }
        }
        return try await report(id, generated: generated)
    }

    /// Whether there is anything to watch: what waits for a person is left where it is, due at once.
    func canGoOn(_ id: OrderID) async throws(LifecycleError) -> Bool {
        let repository = composition.repository
        let account = try await reading { () async throws(RepositoryError) -> AccountRecord? in
            guard let order = try await repository.order(id) else { return nil }
            return try await repository.account(order.account)
        }
        guard let account else { return true }
        return await composition.obstacle(to: account) == nil
    }

    func report(_ id: OrderID, generated: Secret? = nil) async throws(LifecycleError) -> ExitStatus {
        let repository = composition.repository
        let order = try await reading { () async throws(RepositoryError) in try await repository.order(id) }
        guard let order else {
            throw LifecycleError(.refused, "\(id) is gone", hint: "see: publicca journal \(id)")
        }
        let view = try await OrderView.load(order, repository)
        var json = view.json
        var text = sentence(view)
        if let generated {
            json = generated.reveal { json.adding("keystorePassword", .text($0)) }
            text += generated.reveal { "\nkeystore password, shown this once: \($0)" }
        }
        try session.output.result(json, text: text)
        try await warnOfMissingKey(order)
        if order.phase == .awaitingCapacity {
            let limit = composition.configuration.inventoryLimit.map { ", its limit is \($0)" } ?? ""
            session.output.warning(
                "the certificate for \(order.details.commonName) is issued and waits at the CA: the inventory is full"
                    + "\(limit); \(composition.roomHint)")
        }
        return try await status(of: order)
    }

    /// What was bought in a former life of the home may be for a key that went with it.
    private func warnOfMissingKey(_ order: Order) async throws(LifecycleError) {
        guard order.isInherited, let id = order.certificate else { return }
        let repository = composition.repository
        let isMissing = try await reading { () async throws(RepositoryError) in
            guard let certificate = try await repository.certificate(id) else { return false }
            return try await repository.key(certificate.facts.publicKey) == nil
        }
        guard isMissing else { return }
        session.output.warning(
            "\(order.details.commonName) was bought before, for a key that is not here; for one that is: publicca certificate "
                + "reissue \(id) --reason \"key lost\"")
    }

    private func sentence(_ view: OrderView) -> String {
        let order = view.order
        let name = order.details.commonName
        switch order.phase {
        case .completed:
            guard let certificate = order.certificate else { return "\(order.id) for \(name) is completed" }
            return "\(certificate) for \(name) is here (\(order.id)); take it with: publicca certificate export "
                + "\(certificate)"
        case .rejected, .cancelled, .stuck: return "\(order.id) for \(name) is \(order.phase.rawValue)"
        default:
            let wording = order.wording.isEmpty ? "" : ", the CA says: \(order.wording)"
            let doubt = view.doubt.map { ": \($0)" } ?? ""
            return "\(order.id) for \(name) is \(order.phase.rawValue)\(wording)\(doubt); look again with: "
                + "publicca order check \(order.id)"
        }
    }

    /// The exit code, with an error beside it where it is none that passes by waiting.
    func status(of order: Order) async throws(LifecycleError) -> ExitStatus {
        switch order.phase {
        case .completed: return .done
        case .rejected, .cancelled, .stuck:
            session.output.error(
                LifecycleError(
                    .refused, "\(order.id) is \(order.phase.rawValue)\(order.problem.map { ": \($0)" } ?? "")",
                    hint: order.phase == .stuck
                        ? "decide with: \(order.id.resolving)" : "see: publicca journal \(order.id)"))
            return .refused
        default: return try await statusWhileHeldBack(order.account) ?? .pending
        }
    }

    /// A finished order stays finished when its account cannot be asked how the certificate fares.
    func warnWhileHeldBack(_ order: Order) async throws(LifecycleError) {
        let repository = composition.repository
        let account = try await reading { () async throws(RepositoryError) in
            try await repository.account(order.account)
        }
        guard let account, let problem = await composition.obstacle(to: account) else { return }
        session.output.warning("\(order.id) was not looked at again: \(problem.description)")
    }

    /// What keeps everything of an account from going on, said once and told by the exit code; `nil` where nothing does.
    func statusWhileHeldBack(_ name: String) async throws(LifecycleError) -> ExitStatus? {
        let repository = composition.repository
        let account = try await reading { () async throws(RepositoryError) in try await repository.account(name) }
        guard let account, let problem = await composition.obstacle(to: account) else { return nil }
        guard !account.isPausedByPerson else {
            session.output.warning(problem.description)
            return .pending
        }
        let hint = ["what is to be done stays recorded, and goes on when this is mended", problem.hint]
            .compactMap(\.self).joined(separator: "; ")
        session.output.error(LifecycleError(problem.code, problem.message, hint: hint))
        return ExitStatus(problem.code)
    }
}
