// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder that one process at a time has for itself. The system lets go of it when the process ends, however it ends.
struct FolderLock: ~Copyable {
    private let folder: Int32

    /// `nil` when somebody else has it.
    init?(_ path: String) throws(SystemFailure) {
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw SystemFailure("open", path) }
        guard flock(folder, LOCK_EX | LOCK_NB) == 0 else {
            let failure = SystemFailure("lock", path)
            close(folder)
            guard failure.wouldWait else { throw failure }
            return nil
        }
    }

    deinit { close(folder) }
}
