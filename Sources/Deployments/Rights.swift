// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Who owns what is written, and who may read it.
struct Rights {
    // The largest number means "as it is", where nobody is named.
    private(set) var uid = uid_t.max
    private(set) var gid = gid_t.max
    let mode: UInt16

    /// Of folders: whoever may read files may look and enter. Nobody but the owner may put another file there.
    var folderMode: UInt16 { 0o700 | (mode & 0o044) | (mode & 0o044) >> 2 }

    /// Throws when this system knows no such user or group.
    init(_ target: DeploymentTarget) throws(DeploymentFailure) {
        mode = target.mode
        if let name = target.owner { uid = try Self.user(name) }
        if let name = target.group { gid = try Self.group(name) }
    }

    /// For an entry; that of a group lists its members.
    private static let room = 1 << 20

    private static func user(_ name: String) throws(DeploymentFailure) -> uid_t {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: room)
        let number = getpwnam_r(name, &entry, &buffer, room, &found)
        guard found != nil else { throw unknown("user", name, number) }
        return entry.pw_uid
    }

    private static func group(_ name: String) throws(DeploymentFailure) -> gid_t {
        typealias Entry = group
        var entry = Entry()
        var found: UnsafeMutablePointer<Entry>?
        var buffer = [CChar](repeating: 0, count: room)
        let number = getgrnam_r(name, &entry, &buffer, room, &found)
        guard found != nil else { throw unknown("group", name, number) }
        return entry.gr_gid
    }

    /// Without an error, whoever was asked knows that there is none.
    private static func unknown(_ kind: String, _ name: String, _ number: Int32) -> DeploymentFailure {
        DeploymentFailure("there is no \(kind) \(name) on this host", mayPass: number != 0)
    }
}
