// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The versions of one common name at a target, the oldest first by their names.
struct Versions {
    let place: Place
    let rights: Rights

    /// Ends the name of whatever is not finished. After a crash it is still there.
    private static let draft = ".draft"
    private static let label = ".version.json"

    /// What a version says of itself.
    private struct Label: Codable {
        var sha256: String
        var seal: String
    }

    init(_ target: DeploymentTarget, _ commonName: String) throws(DeploymentFailure) {
        place = try Place(target, commonName)
        rights = try Rights(target)
    }

    /// The version that is served; `nil` when nothing is. Throws when there is something of somebody else.
    func current() throws(DeploymentFailure) -> String? {
        guard let status = try Disk.status(of: place.path) else { return nil }
        if status.st_mode & S_IFMT == S_IFLNK, let version = place.version(of: try Disk.destination(of: place.path)) {
            return version
        }
        throw DeploymentFailure(
            "\(place.path) is there already, and not from publicca: move it away, or give the target another path",
            mayPass: false)
    }

    func all() throws(DeploymentFailure) -> [PublishedVersion] {
        let current = try current()
        var versions: [PublishedVersion] = []
        for name in try names() {
            guard let label = try label(of: name) else { continue }
            versions.append(PublishedVersion(name: name, sha256: label.sha256, isCurrent: name == current))
        }
        return versions
    }

    /// The newest version that is this very unit, with nothing missing or changed.
    func name(of unit: Unit) throws(DeploymentFailure) -> String? {
        for version in try all().reversed() where version.sha256 == unit.sha256 {
            if try label(of: version.name)?.seal == seal(of: unit, in: version.name) { return version.name }
        }
        return nil
    }

    private func seal(of unit: Unit, in name: String) throws(DeploymentFailure) -> String? {
        var contents: [Data] = []
        for file in unit.files {
            let path = "\(place.versions)/\(name)/\(file.name)"
            guard let status = try Disk.status(of: path), status.st_mode & 0o7777 == file.mode else { return nil }
            contents.append(try Disk.read(path))
        }
        return unit.seal(contents)
    }

    /// Keeps out who else publishes here, and removes what somebody has begun and not finished.
    func alone<Result>(_ work: () throws(DeploymentFailure) -> Result) throws(DeploymentFailure) -> Result {
        // Nothing is made beside what is not ours.
        _ = try current()
        try Disk.makeFolders(place.folder, rights)
        try Disk.makeFolder(place.versions, rights)
        return try Disk.alone(in: place.versions) { () throws(DeploymentFailure) in
            for name in try Disk.names(in: place.versions) where name.hasSuffix(Self.draft) {
                try Disk.remove("\(place.versions)/\(name)")
            }
            return try work()
        }
    }

    /// Writes a version that nobody sees yet.
    func write(_ unit: Unit, at date: Date) throws(DeploymentFailure) -> String {
        let name = try newName(unit.sha256, date)
        let draft = "\(place.versions)/\(name)\(Self.draft)"
        try Disk.makeFolder(draft, rights)
        do throws(DeploymentFailure) {
            for file in unit.files {
                try Disk.write(file.contents, to: "\(draft)/\(file.name)", rights, mode: file.mode)
            }
            let label = Label(sha256: unit.sha256, seal: unit.seal(unit.files.map(\.contents)))
            try Disk.write(try encoded(label), to: "\(draft)/\(Self.label)", rights, mode: rights.mode)
            try Disk.sync(folder: draft)
            try Disk.move(draft, to: "\(place.versions)/\(name)")
            try Disk.sync(folder: place.versions)
        } catch {
            // It may be a full disk, so the room is given back; what cannot be removed now is removed by the next one.
            try? Disk.remove(draft)
            throw error
        }
        return name
    }

    /// Lets the link lead to a version, in one step.
    func serve(_ name: String) throws(DeploymentFailure) {
        let draft = "\(place.versions)/link\(Self.draft)"
        try Disk.link(draft, to: place.link(to: name))
        try Disk.move(draft, to: place.path)
        try Disk.sync(folder: place.folder)
    }

    /// Removes the oldest of what is not served.
    func prune(keeping count: Int) {
        do {
            for version in try all().filter({ !$0.isCurrent }).dropLast(count) {
                try Disk.remove("\(place.versions)/\(version.name)")
            }
        } catch {
            // What shall be served is served. The next one tries again.
        }
    }

    private func names() throws(DeploymentFailure) -> [String] {
        guard try Disk.status(of: place.versions) != nil else { return [] }
        return try Disk.names(in: place.versions).filter { !$0.hasSuffix(Self.draft) }.sorted()
    }

    private func label(of name: String) throws(DeploymentFailure) -> Label? {
        let path = "\(place.versions)/\(name)/\(Self.label)"
        guard try Disk.status(of: path) != nil else { return nil }
        let text = try Disk.read(path)
        do {
            return try JSONDecoder().decode(Label.self, from: text)
        } catch {
            // Whoever damaged it may have damaged more: it is no version to go back to.
            return nil
        }
    }

    private func encoded(_ label: Label) throws(DeploymentFailure) -> Data {
        do {
            return try JSONEncoder().encode(label)
        } catch {
            throw DeploymentFailure("a version cannot be described: \(error)")
        }
    }

    /// A time, later than that of all others even if the clock was set back, and the beginning of the fingerprint.
    private func newName(_ sha256: String, _ date: Date) throws(DeploymentFailure) -> String {
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        var date = date
        if let last = try names().last(where: { $0.contains("-") }) {
            let stamp = last.prefix { $0 != "-" }
            // What is not named by a time was not named here, and does not count.
            if let before = try? style.parse(String(stamp)) { date = max(date, before.addingTimeInterval(1)) }
        }
        return "\(date.formatted(style))-\(sha256.prefix(16))"
    }
}
