// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProviderHTTP
import Testing

@Suite struct ListRowTests {
    struct Row: Decodable, Equatable, Sendable { var id: String }

    @Test func `one odd row does not cost the others`() throws {
        let rows = try JSONDecoder().decode(
            [ListRow<Row>].self, from: Data(#"[{"id":"a"},{"id":7},{"name":"b"},null,"c",{"id":"d"}]"#.utf8))
        #expect(rows.compactMap(\.readable) == [Row(id: "a"), Row(id: "d")])
        #expect(rows.compactMap(\.unreadable).count == 4)
    }

    @Test func `the reason says where, and repeats nothing of the row`() throws {
        let rows = try JSONDecoder().decode(
            [ListRow<Row>].self, from: Data(#"[{"id":["secret"]},{"secret":1}]"#.utf8))
        #expect(rows.compactMap(\.unreadable) == ["[0].id is not what it should be", "[1].id is missing"])
    }
}
