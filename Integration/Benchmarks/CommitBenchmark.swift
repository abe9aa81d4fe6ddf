// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import GRDB
import LifecycleModel
import PublicCATesting
import SQLiteRepository

/// Commits of an engine through the repository, against transactions that only write the same rows.
enum CommitBenchmark {
    static func run(in folder: String, orders: Int, rounds: Int) async throws -> [Ratio] {
        Progress.say("commits: recording the lives of \(orders) orders")
        let calls = try await EngineLives.record(orders: orders, in: "\(folder)/recorded.sqlite")
        let commits = calls.commits
        var rows = BareRows()
        let transactions = try calls.map { try rows.transaction(of: $0) }
        var ours: [Double] = []
        var bare: [Double] = []
        for round in 1...rounds {
            Progress.say("commits: round \(round) of \(rounds), \(commits.count) commits each")
            ours.append(try await EngineLives.replay(calls, in: "\(folder)/ours\(round).sqlite").milliseconds)
            bare.append(try Self.bare(transactions, in: "\(folder)/bare\(round).sqlite").milliseconds)
        }
        let ratio = zip(ours, bare).map { $1 / $0 }.median
        func rate(_ all: [Double]) -> Int { Int(Double(commits.count) / all.median * 1000) }
        return [
            Ratio(
                name: "commits a second, engine's / bare GRDB's", value: ratio, aim: .atLeast(0.6),
                detail: "\(rate(ours))/s, \(rate(bare))/s")
        ]
    }

    private static func bare(_ transactions: [BareTransaction], in file: String) throws -> Duration {
        // For the tables and indexes, which are the same.
        _ = try SQLiteRepository(path: file, digest: Fingerprint.sha256)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        let queue = try DatabaseQueue(path: file, configuration: configuration)
        var total = Duration.zero
        for transaction in transactions {
            let start = ContinuousClock.now
            try queue.inDatabase { database in
                try database.inTransaction(.immediate) {
                    for statement in transaction.statements {
                        try database.cachedStatement(sql: statement.sql).execute(
                            arguments: StatementArguments(of: statement.values))
                    }
                    return .commit
                }
            }
            if transaction.isCommit { total += ContinuousClock.now - start }
        }
        return total
    }
}
