// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LifecycleModel
import PublicCA
import RepositoryTesting
import Synchronization
import Testing

@testable import SQLiteRepository

struct QueryPlanTests {
    /// Every statement that the checks of the contract bring about is asked how it will be carried out.
    @Test func `no statement reads a table from end to end`() async throws {
        let statements = Mutex<Set<String>>([])
        for check in RepositoryCheck.all {
            let folder = try TemporaryFolder()
            try await check.run { conditions in
                let repository = try SQLiteRepository(
                    path: folder.database, now: conditions.now, digest: conditions.digest)
                repository.queue.inDatabase { database in
                    database.trace { event in
                        guard case .statement(let statement) = event else { return }
                        _ = statements.withLock { $0.insert(statement.sql) }
                    }
                }
                return repository
            }
        }
        let seen = statements.withLock { $0 }.filter { sql in
            ["SELECT", "UPDATE", "DELETE", "INSERT"].contains { sql.hasPrefix($0) }
        }
        #expect(seen.count > 60)
        let folder = try TemporaryFolder()
        let scans = try folder.repository().queue.inDatabase { database in
            try seen.flatMap { sql in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: Self.nothing(for: sql))
                    .map { $0["detail"] as String }
                    .filter { $0.hasPrefix("SCAN") && !Self.isPermitted($0) }
                    .map { "\($0): \(sql)" }
            }
        }
        #expect(scans == [])
    }

    /// What a page has found, and the lists that are short and always wanted whole.
    private static func isPermitted(_ step: String) -> Bool {
        step == "SCAN p" || step.hasPrefix("SCAN (subquery-") || step == "SCAN counts"
            || ["accounts", "alerts"].contains { step == "SCAN \($0) USING INDEX sqlite_autoindex_\($0)_1" }
    }

    private static func nothing(for sql: String) -> StatementArguments {
        StatementArguments(Array(repeating: DatabaseValue.null, count: sql.count { $0 == "?" }))
    }

    @Test(arguments: [
        ("www.example.org", "order_names_forward"), ("www.*", "order_names_forward"),
        ("*.example.org", "order_names_backward"), ("w*.example.org", "order_names_backward"),
        ("www.example*g", "order_names_forward"), ("*example*", nil),
    ])
    func `a pattern is found through its longer end`(_ pattern: String, _ index: String?) {
        #expect(NameSearch(NamePattern(pattern), table: "order_names")?.index == index)
    }

    /// Nothing has to be sorted but the page itself, once its parts are merged.
    @Test func `lists by account, phase, status and successor are read in the order of ids`() throws {
        var byPhase = OrderQuery()
        byPhase.phases = [.placed, .stuck]
        var ofAccount = OrderQuery()
        ofAccount.account = "main"
        var pattern = OrderQuery()
        pattern.name = NamePattern("*example*")
        var byStatus = CertificateQuery()
        byStatus.statuses = [.valid]
        byStatus.account = "main"
        var current = CertificateQuery()
        current.withoutSuccessor = true
        let selections =
            [OrderQuery(), byPhase, ofAccount, pattern].map(\.selection) + [byStatus, current].map(\.selection)
        let folder = try TemporaryFolder()
        let plans = try folder.repository().queue.inDatabase { database in
            try selections.flatMap(\.pieces).flatMap { piece in
                try Row.fetchAll(
                    database, sql: "EXPLAIN QUERY PLAN \(piece.sql)", arguments: StatementArguments(piece.values)
                ).map { $0["detail"] as String }
            }
        }
        #expect(plans.count > 15)
        #expect(plans.filter { $0.contains("TEMP B-TREE FOR ORDER BY") } == [])
    }
}
