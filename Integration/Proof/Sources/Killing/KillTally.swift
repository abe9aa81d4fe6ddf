// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Counts how commands end, and keeps what none of them may do.
package final class KillTally: Sendable {
    package struct Counts: Sendable {
        package var commands = 0
        /// By the kind of their moment.
        var kills: [String: Int] = [:]
        /// What commands said went wrong, and how often; figures and ids are left out.
        package var told: [String: Int] = [:]
        package var silent: [String] = []
        /// How often a person had to decide.
        var decisions = 0
        /// Whether every wish is on record.
        var areUsersThrough = false

        var killed: Int { kills.values.reduce(0, +) }
    }

    private let current = Mutex(Counts())

    package init() {}

    package var counts: Counts { current.withLock { $0 } }

    /// A command that fails says why, and one that is not killed from outside does not die.
    package func note(_ said: KillingEnd) {
        current.withLock { counts in
            counts.commands += 1
            if let signal = said.signal {
                if signal != SIGKILL { counts.silent.append("\(said.command) died of signal \(signal)") }
            } else if said.hasRunOut {
                counts.silent.append("\(said.command) did not end")
            } else if said.status != 0, said.status != 3 {
                let message = Self.general(said.message)
                if message.isEmpty {
                    counts.silent.append("\(said.command) ended with \(said.status), and without a word")
                }
                counts.told["\(said.command) (\(said.status)): \(message)", default: 0] += 1
            }
        }
    }

    func count(kill kind: String) { current.withLock { $0.kills[kind, default: 0] += 1 } }
    func usersAreThrough() { current.withLock { $0.areUsersThrough = true } }
    func countDecision() { current.withLock { $0.decisions += 1 } }
    func complain(_ what: String) { current.withLock { $0.silent.append(what) } }

    /// The message without what differs from one order to the next.
    static func general(_ message: String) -> String {
        message.split(separator: " ").map { $0.contains(where: \.isNumber) ? "…" : $0 }.joined(separator: " ")
    }
}
