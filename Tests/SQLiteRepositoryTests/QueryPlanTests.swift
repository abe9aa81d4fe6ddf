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
                    .filter { $0.hasPrefix("SCAN") && !Self.permitted.contains($0) }
                    .map { "\($0): \(sql)" }
            }
        }
        #expect(scans == [])
    }

    /// What a page has found, and the lists that are short and always wanted whole.
    private static let permitted: Set<String> = [
        "SCAN p", "SCAN (subquery-1)", "SCAN CONSTANT ROW", "SCAN counts",
        "SCAN accounts USING INDEX sqlite_autoindex_accounts_1",
    ]

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

    @Test func `dates and names are sorted by id, other lists are in order as they are read`() throws {
        let folder = try TemporaryFolder()
        var byPhase = OrderQuery()
        byPhase.phases = [.placed, .stuck]
        byPhase.account = "main"
        var byStatus = CertificateQuery()
        byStatus.statuses = [.valid]
        byStatus.withoutSuccessor = true
        try folder.repository().queue.inDatabase { database in
            for statement in [
                byPhase.selection.statement, byStatus.selection.statement, OrderQuery().selection.statement,
            ] {
                let plan = try Row.fetchAll(
                    database, sql: "EXPLAIN QUERY PLAN \(statement.sql)",
                    arguments: StatementArguments(statement.values)
                ).map { $0["detail"] as String }
                #expect(plan.count { $0.contains("TEMP B-TREE") } == 0, "\(plan)")
            }
        }
    }
}
