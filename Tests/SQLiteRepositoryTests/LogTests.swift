// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LifecycleModel
import PublicCA
import Testing

@testable import SQLiteRepository

/// The log beside the file, as a crash, a bad disk or a careless copy leaves it.
struct LogTests {
    private static let commits = 12
    private static let pageSize = 4096
    /// Of the log, and of each page in it.
    private static let head = (log: 32, frame: 24)

    /// A file whose newest commits are in its log alone, both copied while they are in use.
    private func copy(to folder: TemporaryFolder) async throws -> (file: Data, log: Data) {
        let source = try TemporaryFolder()
        let repository = try JournalBench.repository(source.database)
        try await repository.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        for number in 1...Self.commits {
            try await repository.commit { changes in
                changes.puts = [.order(Order.sample("ord_\(number)"))]
                changes.journal = [JournalBench.lines[number % JournalBench.lines.count]]
            }
        }
        return (try Self.read(source.database), try Self.read(source.database + "-wal"))
    }

    private static func read(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    /// How many commits are found, which are always the first ones, each as a whole.
    private func found(_ file: Data, _ log: Data, in folder: TemporaryFolder) async throws -> Int {
        for ending in ["-shm", "-wal", ""] {
            let path = folder.database + ending
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        }
        try file.write(to: URL(fileURLWithPath: folder.database))
        try log.write(to: URL(fileURLWithPath: folder.database + "-wal"))
        let repository = try JournalBench.repository(folder.database)
        let lines = try await JournalBench.verified(repository)
        let ids = try await repository.orders(OrderQuery()).items.map(\.id.rawValue)
        #expect(Set(ids) == Set((1...Self.commits).prefix(lines.count).map { "ord_\($0)" }))
        try await repository.finish()
        let digest = JournalBench.digest
        #expect(try DatabaseInspection(path: folder.database, keyProof: "", digest: digest).damage.isEmpty)
        return lines.count
    }

    @Test func `a log that is cut short leaves the commits before the cut, each as a whole`() async throws {
        let folder = try TemporaryFolder()
        let (file, log) = try await copy(to: folder)
        #expect(try await found(file, log, in: folder) == Self.commits)
        var last = 0
        for length in stride(from: 0, to: log.count, by: Self.pageSize / 3) {
            let count = try await found(file, log.prefix(length), in: folder)
            #expect(count >= last && count <= Self.commits)
            last = count
        }
        #expect(last >= Self.commits - 1)
    }

    @Test func `a page of the log that is overwritten ends it there, and what is appended adds nothing`() async throws {
        let folder = try TemporaryFolder()
        let (file, log) = try await copy(to: folder)
        let rubbish = Data(repeating: 0xa5, count: 100)
        #expect(try await found(file, log + rubbish, in: folder) == Self.commits)
        var last = 0
        for place in stride(from: Self.head.log, to: log.count, by: Self.head.frame + Self.pageSize) {
            var spoilt = log
            spoilt.replaceSubrange(place + 40..<place + 140, with: rubbish)
            let count = try await found(file, spoilt, in: folder)
            #expect(count >= last && count < Self.commits)
            last = count
        }
        #expect(last == Self.commits - 1)
        var headless = log
        headless.replaceSubrange(0..<20, with: rubbish.prefix(20))
        #expect(try await found(file, headless, in: folder) == 0)
    }
}
