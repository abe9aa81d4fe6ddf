// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// What the configuration says, held against this machine.
struct DoctorSettings {
    let home: Home
    let session: Session

    /// Every problem for itself, as whoever runs the service would meet it.
    func problems() -> [Finding] {
        do throws(ConfigurationFailure) {
            _ = try HostConfiguration.checked(
                from: home, in: ConfigurationSurroundings(environment: session.environment))
            return []
        } catch {
            return error.problems.map {
                Finding("configuration", .failed, $0, hint: "mend \(home.configurationFile)")
            }
        }
    }

    func look(at configuration: HostConfiguration, now: Date) -> [Finding] {
        let targets = configuration.targets.flatMap { unwritable($0) + crowded($0) }
        return windows(configuration.windows, now) + configuration.channels.compactMap(readable) + targets
    }

    private func windows(_ windows: [MaintenanceWindow], _ now: Date) -> [Finding] {
        guard !windows.isEmpty, let next = windows.next(from: now) else { return [] }
        let begins = next.contains(now) ? "open" : "opens at \(Dates.text(next.lowerBound))"
        return [Finding("windows", .fine, "\(begins), until \(Dates.text(next.upperBound))")]
    }

    /// A signature keeps a message from being forged, not from being read.
    private func readable(_ channel: NoticeChannel) -> Finding? {
        guard case .webhook(let address, .some) = channel.means, let url = URL(string: address),
            url.scheme?.lowercased() == "http", let host = url.host(), !Self.isLoopback(host)
        else { return nil }
        return Finding(
            "notification \(channel.name)", .warning, "its messages go to \(host) unencrypted", hint: "use https")
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host.hasPrefix("127.") || ["::1", "[::1]"].contains(host)
    }

    /// The folder that is there, or the nearest one above it, has to take new files.
    private func unwritable(_ target: DeploymentTarget) -> [Finding] {
        var folder = target.place.path
        if case .keystore = target.place { folder = Self.above(folder) }
        while folder.contains("{name}") || (!SystemFile.exists(folder) && folder != "/") { folder = Self.above(folder) }
        guard !SystemFile.isWritableFolder(folder) else { return [] }
        return [
            Finding(
                "deployment \(target.name)", .failed, "nothing can be written below \(folder)",
                hint: "make it writable for this user, and name it in ReadWritePaths of the unit")
        ]
    }

    private static func above(_ path: String) -> String {
        let parts = path.split(separator: "/").dropLast()
        return "/" + parts.joined(separator: "/")
    }

    /// Certificates that would take each other's place.
    private func crowded(_ target: DeploymentTarget) -> [Finding] {
        guard !target.place.path.contains("{name}"), target.certificates.count > 1 else { return [] }
        return [
            Finding(
                "deployment \(target.name)", .warning,
                "certificates of different names would take each other's place at \(target.place.path)",
                hint: "put {name} into the path")
        ]
    }
}

/// Whether somebody does what is due.
struct DoctorWork {
    let repository: any LifecycleRepository

    /// So long nobody waits who has a service running.
    private static let patience: TimeInterval = 3600

    func look(now: Date) async throws(LifecycleError) -> Finding? {
        let repository = repository
        let (paused, items) = try await reading { () async throws(RepositoryError) in
            (
                Set(try await repository.accounts().filter(\.isPaused).map(\.name)),
                try await repository.work(after: nil, limit: 500).items
            )
        }
        let late = items.first { item in
            !paused.contains(item.account) && item.lease.map { $0.until <= now } ?? true
                && item.due < now.addingTimeInterval(-Self.patience)
        }
        guard let late else { return nil }
        return Finding(
            "work", .warning,
            "\(late.subject) \(late.step) is due since \(Dates.text(late.due)), and nobody does it",
            hint: "have publicca run going all the time: see docs/Operating.md")
    }
}
