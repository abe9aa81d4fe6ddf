// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Proof

/// `make prove`: that nothing is bought twice, no key is lost, and nothing ends in silence.
@main
struct Prove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Shows that nothing is bought twice, no key is lost, and nothing ends in silence.",
        subcommands: [Explore.self, KillCommand.self, YearCommand.self])
}
