// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Large files that come to their place as a whole, or not at all.
extension SystemFile {
    /// An empty file beside a path, for its owner alone, which somebody else is to fill by its name.
    static func emptyDraft(for path: String) throws(SystemFailure) -> String {
        sweepDrafts(for: path)
        let draft = draftName(for: path)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SystemFailure("write", path) }
        close(file)
        return draft
    }

    /// Copies a file into a draft, a piece after the other.
    static func copy(_ path: String, into draft: String) throws(SystemFailure) {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw SystemFailure("read", path) }
        defer { close(source) }
        let target = open(draft, O_WRONLY | O_TRUNC | O_CLOEXEC)
        guard target >= 0 else { throw SystemFailure("write", draft) }
        defer { close(target) }
        while let piece = try readPiece(source, path) { try writeAll(piece, to: target, named: draft) }
    }

    /// Gives a draft its name, unless that is taken: then the answer is false. The contents are on the disk before.
    static func place(_ draft: String, as path: String) throws(SystemFailure) -> Bool {
        try sync(draft)
        // A hard link takes the name or fails, in one step.
        if link(draft, path) != 0 {
            let failure = SystemFailure("write", path)
            if failure.isTaken { return false }
            guard failure.isUnsupported else { throw failure }
            return try move(draft, toFree: path)
        }
        unlink(draft)
        syncFolder(of: path)
        return true
    }

    /// Where there are no hard links, as on many a stick: the name is taken by an empty file first.
    private static func move(_ draft: String, toFree path: String) throws(SystemFailure) -> Bool {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            let failure = SystemFailure("write", path)
            if failure.isTaken { return false }
            throw failure
        }
        close(file)
        guard rename(draft, path) == 0 else {
            let failure = SystemFailure("write", path)
            unlink(path)
            throw failure
        }
        syncFolder(of: path)
        return true
    }

    private static func sync(_ path: String) throws(SystemFailure) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemFailure("read", path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw SystemFailure("write", path) }
    }

    /// Drops what those left who were killed long ago. Younger ones may be of a process that cannot be seen from here.
    private static func sweepDrafts(for path: String) {
        let url = URL(filePath: path)
        let folder = url.deletingLastPathComponent().path
        // What cannot be looked at or dropped is in nobody's way.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(url.lastPathComponent + ".") && name.contains(".draft") {
            let left = folder + "/" + name
            // As above.
            let attributes = try? FileManager.default.attributesOfItem(atPath: left)
            guard let changed = attributes?[.modificationDate] as? Date, changed.timeIntervalSinceNow < -86400
            else { continue }
            unlink(left)
        }
    }

    /// Whether it is a plain file, or leads to one.
    static func isFile(_ path: String) -> Bool {
        do {
            let end = URL(filePath: path).resolvingSymlinksInPath().path
            return try FileManager.default.attributesOfItem(atPath: end)[.type] as? FileAttributeType == .typeRegular
        } catch {
            return false
        }
    }

    /// Drops a draft, with what a database leaves beside it. Without effect where it has come to its place.
    static func discard(_ draft: String) {
        for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) }
    }

    /// - Returns: `nil` when there is none.
    package static func size(_ path: String) -> Int? {
        do {
            return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        } catch {
            return nil
        }
    }
}
