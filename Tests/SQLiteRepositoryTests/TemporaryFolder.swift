// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import SQLiteRepository

/// A folder that goes with the value.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("repository-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            print("left behind: \(url.path)")
        }
    }

    var database: String { url.appendingPathComponent("lifecycle.sqlite").path }

    func repository() throws -> SQLiteRepository {
        try SQLiteRepository(path: database, now: { Date() }, digest: { "\($0.count)" })
    }
}

extension LifecycleRepository {
    func commit(_ fill: (inout ChangeSet) -> Void) async throws {
        var changes = ChangeSet()
        fill(&changes)
        try await commit(changes)
    }
}
