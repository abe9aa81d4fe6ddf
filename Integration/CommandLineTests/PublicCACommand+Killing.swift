// SPDX-License-Identifier: Apache-2.0

import Foundation

extension PublicCACommand {
    /// Runs it, and kills it after so long, unless it has ended before.
    func run(_ arguments: [String], killedAfter delay: Duration) async throws {
        try await run(arguments) { process in
            // A sleep is cut short where the test ends: it is killed then.
            try? await ContinuousClock().sleep(for: delay)
            kill(process, SIGKILL)
        }
    }
}
