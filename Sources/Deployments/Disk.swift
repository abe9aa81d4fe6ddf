// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The calls to the file system, each with a failure that says what was tried, where, and why it did not work.
enum Disk {
    /// What is there itself, and not what a link leads to; `nil` where there is nothing.
    static func status(of path: String) throws(DeploymentFailure) -> stat? {
        try attempt("look at", path) {
            var status = stat()
            if lstat(path, &status) == 0 { return status }
            if errno == ENOENT { return nil }
            throw Errno(rawValue: errno)
        }
    }

    static func destination(of link: String) throws(DeploymentFailure) -> String {
        try attempt("read", link) { try FileManager.default.destinationOfSymbolicLink(atPath: link) }
    }

    static func names(in folder: String) throws(DeploymentFailure) -> [String] {
        try attempt("look at", folder) { try FileManager.default.contentsOfDirectory(atPath: folder) }
    }

    static func read(_ path: String) throws(DeploymentFailure) -> Data {
        try attempt("read", path) { try Data(contentsOf: URL(filePath: path)) }
    }

    /// Removes a file, or a folder with all that is in it.
    static func remove(_ path: String) throws(DeploymentFailure) {
        try attempt("remove", path) { try FileManager.default.removeItem(atPath: path) }
    }

    /// Makes a folder and those above it, where they are missing. Those that are there keep their rights.
    static func makeFolders(_ path: String, _ rights: Rights) throws(DeploymentFailure) {
        if FileManager.default.fileExists(atPath: path) { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolders(String(path[..<slash]), rights)
        }
        try makeFolder(path, rights)
    }

    /// Makes a folder, unless it is there. Its rights are as told in any case.
    static func makeFolder(_ path: String, _ rights: Rights) throws(DeploymentFailure) {
        try attempt("make", path) {
            if mkdir(path, 0o700) != 0, errno != EEXIST { throw Errno(rawValue: errno) }
            let folder = try FileDescriptor.open(
                FilePath(path), .readOnly, options: [.directory, .noFollow, .closeOnExec])
            try folder.closeAfter { try give(folder, rights, rights.folderMode) }
        }
    }

    /// Writes a new file that is on the disk afterwards. At no moment has anybody more rights to it than in the end.
    static func write(
        _ contents: Data, to path: String, _ rights: Rights, mode: UInt16
    ) throws(DeploymentFailure) {
        try attempt("write", path) {
            let file = try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite)
            try file.closeAfter {
                try file.writeAll(contents)
                try give(file, rights, mode)
                try check(fsync(file.rawValue))
            }
        }
    }

    static func link(_ path: String, to destination: String) throws(DeploymentFailure) {
        try attempt("write", path) { try check(symlink(destination, path)) }
    }

    static func move(_ path: String, to place: String) throws(DeploymentFailure) {
        try attempt("write", place) { try check(rename(path, place)) }
    }

    /// Makes new names survive a power cut.
    static func sync(folder path: String) throws(DeploymentFailure) {
        try attempt("write", path) {
            let folder = try FileDescriptor.open(FilePath(path), .readOnly, options: [.directory, .closeOnExec])
            try folder.closeAfter {
                // Some file systems have nothing of the kind, and say so.
                if fsync(folder.rawValue) != 0, errno != EINVAL { throw Errno(rawValue: errno) }
            }
        }
    }

    /// Does something to a folder while nobody else does, in this program or another.
    static func alone<Result>(
        in path: String, _ work: () throws(DeploymentFailure) -> Result
    ) throws(DeploymentFailure) -> Result {
        let folder = try attempt("open", path) {
            try FileDescriptor.open(FilePath(path), .readOnly, options: [.directory, .closeOnExec])
        }
        defer {
            // Closing alone would not do: a program that is just being started has it too, for a moment.
            _ = flock(folder.rawValue, LOCK_UN)
            // It was only looked at: nothing is lost when closing fails.
            try? folder.close()
        }
        // A file system without locks is no reason not to write.
        if flock(folder.rawValue, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            throw DeploymentFailure("another publicca is writing to \(path)")
        }
        return try work()
    }
}

extension Disk {
    private static func give(_ file: FileDescriptor, _ rights: Rights, _ mode: UInt16) throws {
        if rights.uid != .max || rights.gid != .max { try check(fchown(file.rawValue, rights.uid, rights.gid)) }
        try check(fchmod(file.rawValue, mode_t(mode)))
    }

    private static func check(_ result: Int32) throws {
        if result != 0 { throw Errno(rawValue: errno) }
    }

    /// What stays as it is until somebody changes something.
    private static let lasting: Set<Errno> = [
        .permissionDenied, .notPermitted, .readOnlyFileSystem, .notDirectory, .isDirectory, .tooManySymbolicLinkLevels,
        .fileNameTooLong,
    ]

    private static func attempt<Result>(
        _ action: String, _ path: String, _ work: () throws -> Result
    ) throws(DeploymentFailure) -> Result {
        do {
            return try work()
        } catch {
            let cause = (error as? CocoaError)?.underlying ?? error
            guard let number = (cause as? Errno) ?? (cause as? POSIXError).map({ Errno(rawValue: $0.code.rawValue) })
            else {
                throw DeploymentFailure("cannot \(action) \(path): \(cause)")
            }
            throw DeploymentFailure("cannot \(action) \(path): \(number)", mayPass: !lasting.contains(number))
        }
    }
}
