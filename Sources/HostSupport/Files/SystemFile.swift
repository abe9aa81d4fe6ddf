// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Small files as a whole: read, or written so that a kill leaves the old one or the new one.
package enum SystemFile {
    /// Whether there is something under this name that can be looked at.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether it is a folder that takes new files.
    package static func isWritableFolder(_ path: String) -> Bool { access("\(path)/.", W_OK) == 0 }

    /// The permission bits; `nil` when there is nothing, or nothing that can be looked at.
    package static func mode(_ path: String) -> Int? {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return (attributes[.posixPermissions] as? Int).map { $0 & 0o777 }
        } catch {
            return nil
        }
    }

    package static func read(_ path: String) throws(SystemFailure) -> Data {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemFailure("read", path) }
        defer { close(file) }
        return try readAll(file, path)
    }

    static func readAll(_ file: Int32, _ path: String) throws(SystemFailure) -> Data {
        var contents = Data()
        while let piece = try readPiece(file, path) { contents.append(piece) }
        return contents
    }

    /// What comes next; `nil` at the end.
    static func readPiece(_ file: Int32, _ path: String) throws(SystemFailure) -> Data? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            #if canImport(Darwin)
                let count = Darwin.read(file, &buffer, buffer.count)
            #elseif canImport(Musl)
                let count = Musl.read(file, &buffer, buffer.count)
            #else
                let count = Glibc.read(file, &buffer, buffer.count)
            #endif
            guard count < 0 else { return count == 0 ? nil : Data(buffer[..<count]) }
            let failure = SystemFailure("read", path)
            if !failure.wasInterrupted { throw failure }
        }
    }

    /// Writes everything to an open file, however many calls that takes.
    package static func writeAll(_ contents: Data, to file: Int32, named path: String) throws(SystemFailure) {
        var rest = [UInt8](contents)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else {
                let failure = SystemFailure("write", path)
                if failure.wouldWait {
                    // Standard error is shared with the process that began this one, which may have opened it so.
                    var space = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                    poll(&space, 1, -1)
                } else if !failure.wasInterrupted {
                    throw failure
                }
            }
        }
    }

    /// Puts a file in place that only its owner may read, in the place of whatever was there.
    package static func replace(_ path: String, with contents: Data) throws(SystemFailure) {
        let draft = try draft(contents, for: path)
        guard rename(draft, path) == 0 else {
            let failure = SystemFailure("write", path)
            unlink(draft)
            throw failure
        }
        syncFolder(of: path)
    }

    /// Puts a file in place that only its owner may read, unless there is one: then it is left alone, and the answer
    /// is false. Nobody ever sees a part of it.
    static func create(_ path: String, with contents: Data) throws(SystemFailure) -> Bool {
        let draft = try draft(contents, for: path)
        defer { unlink(draft) }
        return try place(draft, as: path)
    }

    static func draftName(for path: String) -> String {
        "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).draft"
    }

    private static func draft(_ contents: Data, for path: String) throws(SystemFailure) -> String {
        let draft = draftName(for: path)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SystemFailure("write", path) }
        defer { close(file) }
        do throws(SystemFailure) {
            try writeAll(contents, to: file, named: path)
        } catch {
            unlink(draft)
            throw error
        }
        guard fsync(file) == 0 else {
            let failure = SystemFailure("write", path)
            unlink(draft)
            throw failure
        }
        return draft
    }

    /// Makes a new name survive a power cut. Some file systems refuse this, which costs nothing but that.
    static func syncFolder(of path: String) {
        let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes a folder and those above it; the last one for its owner alone. One that is there is left as it is.
    static func makeFolder(_ path: String, mode: mode_t = 0o700) throws(SystemFailure) {
        if mkdir(path, mode) == 0 { return }
        let failure = SystemFailure("make", path)
        if failure.isTaken { return }
        let above = folder(of: path)
        guard failure.isMissing, above != path, !exists(above) else { throw failure }
        try makeFolder(above, mode: 0o755)
        guard mkdir(path, mode) == 0 || SystemFailure("make", path).isTaken else {
            throw SystemFailure("make", path)
        }
    }
}
