// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A place for one database, gone with the object. In memory where there is such a place: it is the year that is tried
/// here, not the disk.
final class YearFolder: Sendable {
    private let url: URL

    init() throws {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let isThere = FileManager.default.isWritableFile(atPath: memory.path)
        url = (isThere ? memory : FileManager.default.temporaryDirectory)
            .appendingPathComponent("year-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    // Nobody is there any more to be told.
    deinit { try? FileManager.default.removeItem(at: url) }

    var database: String { url.appendingPathComponent("year.sqlite").path }
}
