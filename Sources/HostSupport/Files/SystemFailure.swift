// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that could not be read or written, and why, in the system's words.
package struct SystemFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package var action: String
    package var path: String
    /// `errno`.
    package var number: Int32

    /// Takes the reason from `errno`: to be made right after the call that failed.
    init(_ action: String, _ path: String) {
        self.number = errno
        self.action = action
        self.path = path
    }

    init(_ action: String, _ path: String, _ number: Int32) {
        self.action = action
        self.path = path
        self.number = number
    }

    package var isMissing: Bool { number == ENOENT || number == ENOTDIR }
    var isFull: Bool { [ENOSPC, EDQUOT].contains(number) }
    var isTaken: Bool { number == EEXIST }
    /// The file system does not do such a thing at all.
    var isUnsupported: Bool { [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK].contains(number) }
    var wasInterrupted: Bool { number == EINTR }
    /// Whoever reads is slow, and the file was opened so that nobody waits for that.
    var wouldWait: Bool { number == EAGAIN }

    package var description: String { "cannot \(action) \(path): \(String(cString: strerror(number)))" }
}
