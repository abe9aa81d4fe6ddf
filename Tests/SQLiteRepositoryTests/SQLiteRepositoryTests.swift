// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LifecycleModel
import PublicCA
import RepositoryTesting
import Testing

@testable import SQLiteRepository

struct SQLiteRepositoryTests {
    @Test(arguments: RepositoryCheck.all)
    func `the SQLite repository keeps the contract`(_ check: RepositoryCheck) async throws {
        let folder = try TemporaryFolder()
        try await check.run { conditions in
            try SQLiteRepository(path: folder.database, now: conditions.now, digest: conditions.digest)
        }
    }

    @Test func `every commit is synchronised with the disk, in write-ahead mode`() throws {
        let repository = try TemporaryFolder().repository()
        let (synchronous, mode) = try repository.queue.inDatabase { database in
            (
                try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                try String.fetchOne(database, sql: "PRAGMA journal_mode")
            )
        }
        #expect(synchronous == 2)
        #expect(mode == "wal")
    }

    @Test func `what one repository wrote another reads, also after all were closed`() async throws {
        let folder = try TemporaryFolder()
        try await folder.repository().commit { changes in
            changes.journal = [
                JournalEntry(
                    at: Date(), subject: .account("main"), name: nil, event: "added", detail: "", actor: .cli)
            ]
        }
        let lines = try await folder.repository().journal(JournalQuery()).items
        #expect(lines.map(\.event) == ["added"])
    }

    @Test func `a page names the record that cannot be read and shows the others`() async throws {
        let folder = try TemporaryFolder()
        let repository = try folder.repository()
        let names = (1...3).map { OrderID("ord_\($0)") }
        try await repository.commit { $0.puts = names.map { .order(Order.sample($0.rawValue)) } }
        try await repository.queue.write { database in
            try database.execute(sql: "UPDATE orders SET body = '{}' WHERE id = 'ord_2'")
        }
        var query = OrderQuery()
        query.limit = 2
        let page = try await repository.orders(query)
        #expect(page.items.map(\.id.rawValue) == ["ord_1"])
        #expect(page.unreadable.map(\.reference) == ["ord_2"])
        query.after = page.next
        #expect(try await repository.orders(query).items.map(\.id.rawValue) == ["ord_3"])
        await #expect {
            try await repository.order(OrderID("ord_2"))
        } throws: { error in
            guard case RepositoryError.unreadable(let sentence) = error else { return false }
            return sentence.contains("ord_2")
        }
    }
}

extension Order {
    static func sample(_ id: String, name: String = "www.example.org") -> Order {
        Order(
            id: OrderID(id), account: "main", provider: "mock", kind: .new, managed: ManagedCertificateID("mgd_1"),
            details: OrderDetails(commonName: name, alternativeNames: [.dnsName(name)]), key: OrderKey(id),
            createdAt: Date(timeIntervalSince1970: 1_764_000_000))
    }
}
