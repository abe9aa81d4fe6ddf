// SPDX-License-Identifier: Apache-2.0

/// When a process is killed.
package enum KillMoment: Hashable, Sendable {
    /// So long after its start.
    case time(Duration)
    /// When the CA has got so many more calls; its answer to the last of them is still under way.
    case call(Int)
    /// When the database was written to so many more times: between one commit and the next.
    case commit(Int)

    /// Each kind as often as the others.
    ///
    /// - Parameters:
    ///   - span: what a process that is left alone takes, or somewhat more.
    ///   - steps: calls and commits within that span.
    package static func random(
        within span: Duration, steps: Int, using random: inout some RandomNumberGenerator
    ) -> KillMoment {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .time(span * Double.random(in: 0..<1, using: &random))
        case 1: .call(.random(in: 1...steps, using: &random))
        default: .commit(.random(in: 1...steps, using: &random))
        }
    }

    package var kind: String {
        switch self {
        case .time: "at a time"
        case .call: "during a call"
        case .commit: "after a commit"
        }
    }
}
