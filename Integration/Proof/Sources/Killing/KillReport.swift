// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the kills cost.
package struct KillReport: Sendable {
    /// Certificates that somebody asked for.
    package var wanted: Int
    /// Certificates that the CA issued.
    package var bought: Int
    /// Certificates of the CA that are here with their keys.
    package var kept: Int
    /// Certificates that are here without a key that fits.
    package var keysLost: Int
    /// Orders without a certificate, each with its reason.
    package var unkept: [String]
    /// What failed without a word, or is not as it was asked for.
    package var silent: [String]
    /// What commands said, with how often they did.
    package var told: [String: Int]
    /// By the kind of moment.
    package var kills: [String: Int]
    /// How often a person had to say that a stuck order may be tried again.
    package var decisions: Int
    package var commands: Int
    package var calls: Int
    package var seconds = 0.0

    package init(
        wanted: Int, bought: Int, kept: Int, keysLost: Int, unkept: [String], silent: [String], told: [String: Int],
        kills: [String: Int], decisions: Int, commands: Int, calls: Int
    ) {
        self.wanted = wanted
        self.bought = bought
        self.kept = kept
        self.keysLost = keysLost
        self.unkept = unkept
        self.silent = silent
        self.told = told
        self.kills = kills
        self.decisions = decisions
        self.commands = commands
        self.calls = calls
    }

    package var killed: Int { kills.values.reduce(0, +) }

    /// Nothing bought twice, nothing lost, nothing silent.
    package var isClean: Bool {
        bought == wanted && kept == wanted && keysLost == 0 && unkept.isEmpty && silent.isEmpty
    }

    /// The figure beside those of others. They were killed on schedules of their own, over 10 to 40 names, while a test
    /// server of ACME answered everything at once: the order of magnitude can be compared, and no more.
    package var table: String {
        let others = [("lego 4.9.1", 83, 20), ("certbot 5.8", 30, 10), ("Caddy 2.6.2", 61, 40)]
        return
            (["                bought    kept  bought ÷ kept"]
            + (others + [("publicca", bought, kept)]).map { name, bought, kept in
                name.padding(toLength: 14, withPad: " ", startingAt: 0)
                    + String(format: "%8d%8d%15.3f", bought, kept, Double(bought) / Double(max(kept, 1)))
            }).joined(separator: "\n")
    }

    /// All the rest, a line each.
    package var lines: [String] {
        let kinds = kills.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return [
            "wanted \(wanted), bought \(bought), kept \(kept)", "keys lost \(keysLost)",
            "orders stuck or refused \(unkept.count)", "silent failures \(silent.count)",
            "kills \(killed): \(kinds)",
            "decisions that a person had to take \(decisions)",
            "\(commands) commands, \(calls) calls, \(Int(seconds)) s",
        ] + (unkept + silent).map { "! \($0)" }
            + told.sorted { $0.key < $1.key }.map { "said \($0.value) times: \($0.key)" }
    }
}
