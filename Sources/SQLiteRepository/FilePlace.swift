// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Which file a name leads to: one that was moved away is still open, and whoever goes on with it does so beside the new one.
///
/// Asked for whenever there is nothing to do, hence of the system itself: `FileManager` looks up the owner's name, too, and
/// does not follow a link as who opens the file does.
struct FilePlace: Hashable, Sendable {
    private let device: dev_t?
    private let number: ino_t?

    /// Nothing where there is no such file: whoever wants it is told why it cannot be read.
    init(_ path: String) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        device = isThere ? status.st_dev : nil
        number = isThere ? status.st_ino : nil
    }
}

extension SQLiteRepository {
    func checkPlace() throws(RepositoryError) {
        guard FilePlace(path) == place else {
            throw .unavailable("\(path) was moved away or replaced while it was in use; stop, and start anew")
        }
    }
}
