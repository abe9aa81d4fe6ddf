// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import LifecycleModel

/// The tables of `docs/Notifications.md`, compared with the code.
struct NoticeKindTests {
    @Test func `the document names every kind with its severity, and no other`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        let text = try String(contentsOf: root.appendingPathComponent("docs/Notifications.md"), encoding: .utf8)
        let rows = text.matches(of: /\n\| `([\w.]+)` \| (\w+) \|/).map { ("\($0.1)", "\($0.2)") }
        #expect(rows.count == Set(rows.map(\.0)).count)
        let documented = Dictionary(rows, uniquingKeysWith: { first, _ in first })
        #expect(documented == NoticeEvent.kinds.mapValues(\.rawValue))
        #expect(rows.prefix(Attention.Kind.allCases.count).map(\.0) == Attention.Kind.allCases.map(\.rawValue))
    }

    @Test func `what matters most comes first, and what was found first within a kind`() {
        let mixed = [
            Attention(.accountWarning, subject: "main", what: "", hint: ""),
            Attention(.orderStuck, subject: "ord_2", what: "", hint: ""),
            Attention(.orderWaiting, subject: "ord_3", what: "", hint: ""),
            Attention(.orderStuck, subject: "ord_1", what: "", hint: ""),
            Attention(.accountPaused, subject: "main", what: "", hint: ""),
            Attention(.accountPaused, severity: .warning, subject: "other", what: "", hint: ""),
        ]
        #expect(mixed.byWeight.map(\.subject) == ["main", "ord_2", "ord_1", "other", "ord_3", "main"])
    }
}
