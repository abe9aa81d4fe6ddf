// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA

@testable import SQLiteRepository

/// A small journal with lines of all sorts, and a look at all of it.
enum JournalBench {
    static let lines: [JournalEntry] = [
        line("drafted", name: "WWW.example.org"),
        line("placed", name: "www.example.org", answer: digest(Data("4711".utf8))),
        line("exported", name: nil),
        line("imported", name: ""),
    ]

    private static func line(_ event: String, name: String?, answer: String? = nil) -> JournalEntry {
        JournalEntry(
            at: Date(timeIntervalSince1970: 1_764_000_000), subject: .order(OrderID("ord_1")), name: name, event: event,
            detail: "because", actor: .run, answer: answer)
    }

    /// 64 bits (FNV-1a) in hex, so that lines are short.
    @Sendable static func digest(_ bytes: Data) -> String {
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }

    static func repository(_ path: String) throws -> SQLiteRepository {
        try SQLiteRepository(path: path, now: { Date() }, digest: digest)
    }

    /// Every line, when all of them are what was written. Throws what is wrong.
    static func verified(_ repository: SQLiteRepository) async throws -> [JournalEntry] {
        let end = try await repository.journalEnd()
        let marks = [end.map { JournalMark($0, from: "was written") }].compactMap { $0 }
        var walk = try JournalWalk(after: nil, marks: marks, digest: digest)
        let page = try await repository.journal(JournalQuery())
        try walk.take(page)
        try walk.end(at: end)
        try await repository.checkJournal()
        return page.items
    }
}
