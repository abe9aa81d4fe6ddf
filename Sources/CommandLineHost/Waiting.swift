// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// `--wait [SECONDS]`.
struct Waiting: ParsableArguments {
    @Option(defaultAsFlag: 300, help: "Wait until it is done, 300 seconds unless told.") var wait: Int?
}

extension Composition {
    /// The end of every command that orders something: does every step that is due, waits when asked to, prints the
    /// order, and throws how the command ends.
    func follow(_ order: Order, for wait: Int?, _ global: GlobalOptions) async throws {
        let subject = Subject.order(order.id)
        try await stored { () async throws(RepositoryError) in
            if let wait {
                _ = try await engine.settle(subject, within: .seconds(wait))
            } else {
                _ = try await engine.pass(subject)
            }
        }
        let after = try await findOrder(order.id.rawValue)
        if global.isJSON {
            try Output.json(try await body(of: after))
        } else {
            let detail = after.certificate.map { " as \($0)" } ?? after.problem.map { ": \($0)" } ?? ""
            print("\(after.id) \(after.details.commonName): \(after.phase.rawValue)\(detail)")
        }
        switch after.phase {
        case .completed: return
        case .rejected, .cancelled, .stuck: throw Ended.badly
        default: break
        }
        let account = try await stored { () async throws(RepositoryError) in
            try await repository.account(after.account)
        }
        if let reason = account?.pausedReason {
            throw LifecycleError(
                .accountRefused, "account \(after.account) is paused: \(reason)",
                hint: "mend it, then: publicca account resume \(after.account)")
        }
        throw Ended.unfinished
    }
}
