// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// Which file a name leads to: one that was moved away is still open, and whoever goes on with it does so beside the new one.
struct FilePlace: Hashable, Sendable {
    private let device: Int?
    private let number: Int?

    /// Nothing where there is no such file.
    init(_ path: String) {
        // Whoever wants the file is told why it cannot be read.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        device = attributes?[.systemNumber] as? Int
        number = attributes?[.systemFileNumber] as? Int
    }
}

extension SQLiteRepository {
    func checkPlace() throws(RepositoryError) {
        guard FilePlace(path) == place else {
            throw .unavailable("\(path) was moved away or replaced while it was in use; stop, and start anew")
        }
    }
}
