// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension SystemFile {
    /// Puts contents where a person said. A regular file, or a new one, is replaced as ``replace(_:with:)`` does it, and
    /// links that lead there stay links. What is no regular file, such as a pipe or a device, is written into.
    package static func put(_ contents: Data, at path: String) throws(SystemFailure) {
        let place = try end(of: path)
        guard isSpecial(place) else { return try replace(place, with: contents) }
        try write(contents, into: place)
    }

    private static func isSpecial(_ place: String) -> Bool {
        do {
            let kind = try FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType
            return kind != .typeRegular
        } catch {
            // There is nothing yet.
            return false
        }
    }

    private static func write(_ contents: Data, into path: String) throws(SystemFailure) {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemFailure("write", path) }
        defer { close(file) }
        try writeAll(contents, to: file, named: path)
    }

    /// Where symbolic links lead, whether or not there is something at their end.
    private static func end(of path: String) throws(SystemFailure) -> String {
        var place = path
        // As many as Linux follows.
        for _ in 0..<40 {
            let link: String
            do {
                link = try FileManager.default.destinationOfSymbolicLink(atPath: place)
            } catch {
                // No link: here they end.
                return place
            }
            place = link.hasPrefix("/") ? link : "\(folder(of: place))/\(link)"
        }
        throw SystemFailure("write", path, ELOOP)
    }
}
