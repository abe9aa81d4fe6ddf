// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LifecycleModel
import PublicCA
import Testing

@testable import SQLiteRepository

struct NewerBodyTests {
    @Test func `members that a newer version wrote survive when this one writes the record`() async throws {
        let repository = try TemporaryFolder().repository()
        var order = Order.sample("ord_1")
        order.problem = "soon gone"
        try await repository.commit { [order] in $0.puts = [.order(order)] }
        try await repository.queue.write { database in
            try database.execute(
                sql: """
                    UPDATE orders SET format = 1000, body = json_set(body, '$.colour', 'green', '$.nested',
                        json('{"list":[1,2.5,null,true],"text":"ä/\\\""}'), '$.details.priority', 9007199254740993)
                    """)
        }
        for revision in 1...2 {
            let stored = try await repository.order(order.id)
            var read = try #require(stored)
            #expect(read.revision == revision)
            read.problem = nil
            read.wording = "changed \(revision)"
            try await repository.commit { [read] in $0.puts = [.order(read)] }
        }
        let row = try repository.queue.read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT format, body ->> '$.colour' AS colour, body -> '$.nested' AS nested,
                        body ->> '$.details.priority' AS priority, body ->> '$.wording' AS wording,
                        json_type(body, '$.problem') AS problem
                    FROM orders
                    """)
        }
        let found = try #require(row)
        #expect(found["format"] == 1000)
        #expect(found["colour"] == "green")
        #expect(found["priority"] == 9_007_199_254_740_993)
        #expect(found["wording"] == "changed 2")
        #expect(found["problem"] == nil as String?)
        let nested = try #require(found["nested"] as String?)
        #expect(
            try JSONSerialization.jsonObject(with: Data(nested.utf8)) as? NSDictionary
                == ["list": [1, 2.5, NSNull(), true], "text": "ä/\""])
    }
}
