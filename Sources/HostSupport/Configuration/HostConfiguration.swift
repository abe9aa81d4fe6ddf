// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleEngine
public import LifecycleModel

/// What `config.yaml` says. Everything has a default, and the file may be missing.
public struct HostConfiguration: Hashable, Sendable {
    /// The most live certificates kept here; `nil` for no limit.
    public var inventoryLimit: Int?
    public var schedules = DutySchedules()
    /// When certificates may be renewed and deployed; empty for always.
    public var windows: [MaintenanceWindow] = []
    public var renewal = RenewalPolicy()
    /// How old lines of the journal may become; `nil` for any age.
    public var journalAge: Duration?
    /// Steps done at once.
    public var parallel = 8
    /// For how long what a process had begun is left to it, should it not be heard of again.
    public var lease = Duration.seconds(120)
    /// Where numbers and health are shown; `nil` for nowhere.
    public var metrics: Metrics?
    /// What is called to say that all is well; `nil` for nothing.
    public var heartbeat: Heartbeat?
    public var channels: [NoticeChannel] = []
    public var targets: [DeploymentTarget] = []
    /// `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`.
    public var logLevel = "warning"
    /// `nil` for text, and for JSON where a service's standard error is no terminal.
    public var logFormat: LogFormat?

    public enum LogFormat: String, Hashable, Sendable, CaseIterable {
        case text, json
    }

    public struct Metrics: Hashable, Sendable {
        public var address: String
        public var port: Int
    }

    public struct Heartbeat: Hashable, Sendable {
        public var address: Address
        /// The least time between two calls.
        public var every: Duration
    }

    /// An address that is written in the file, or that is a secret itself.
    public enum Address: Hashable, Sendable {
        case open(String)
        case secret(SecretSource)
    }

    public init() {}

    static let logLevels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    /// Reads the home's configuration. Throws `configuration` with everything that is wrong with it.
    public static func read(from home: Home) throws(LifecycleError) -> HostConfiguration {
        try read(from: home, in: nil)
    }

    /// - Parameter surroundings: looked at for what the file speaks of; `nil` where none of it will be used.
    package static func read(
        from home: Home, in surroundings: ConfigurationSurroundings?
    ) throws(LifecycleError) -> HostConfiguration {
        do throws(ConfigurationFailure) {
            return try checked(from: home, in: surroundings)
        } catch {
            throw LifecycleError(error)
        }
    }

    /// The same, with each problem for itself.
    package static func checked(
        from home: Home, in surroundings: ConfigurationSurroundings?
    ) throws(ConfigurationFailure) -> HostConfiguration {
        let contents: Data
        do throws(SystemFailure) {
            contents = try SystemFile.read(home.configurationFile)
        } catch {
            if error.isMissing { return HostConfiguration() }
            // A home that cannot be entered is no matter of its configuration.
            throw ConfigurationFailure(
                unreadable: error.description, isHomeThere: SystemFile.exists(home.path + "/."))
        }
        return try HostConfiguration(
            yaml: String(decoding: contents, as: UTF8.self), named: home.configurationFile, in: surroundings)
    }

    /// - Parameter file: how problems name the text.
    public init(yaml: String, named file: String) throws(LifecycleError) {
        do throws(ConfigurationFailure) {
            try self.init(yaml: yaml, named: file, in: nil)
        } catch {
            throw LifecycleError(error)
        }
    }

    init(
        yaml: String, named file: String, in surroundings: ConfigurationSurroundings?, at now: Date = Date()
    ) throws(ConfigurationFailure) {
        self.init()
        var reading = ConfigurationReading(surroundings: surroundings)
        if let root = reading.whole(yaml) { take(root, from: &reading, at: now) }
        guard reading.problems.isEmpty else {
            let inOrder = reading.problems.enumerated().sorted {
                ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
            }
            throw ConfigurationFailure(problems: inOrder.map { "\(file):\($0.element.line): \($0.element.message)" })
        }
    }

    private mutating func take(
        _ root: ConfigurationReading.Place, from reading: inout ConfigurationReading, at now: Date
    ) {
        if let inventory = reading.place("inventory", of: root) {
            inventoryLimit = reading.value("limit", of: inventory, ConfigurationValues.number(1...1_000_000_000))
        }
        windows = reading.windows(of: root)
        schedules = reading.schedules(of: root, windows: windows, at: now)
        renewal = reading.renewal(of: root)
        if let retention = reading.place("retention", of: root) {
            journalAge = reading.value("journal", of: retention, ConfigurationValues.duration)
        }
        if let run = reading.place("run", of: root) {
            parallel = reading.value("parallel", of: run, ConfigurationValues.number(1...256)) ?? parallel
            lease = reading.value("lease", of: run, ConfigurationValues.lease) ?? lease
        }
        metrics = reading.metrics(of: root)
        heartbeat = reading.heartbeat(of: root)
        channels = reading.channels(of: root)
        targets = reading.targets(of: root)
        if let log = reading.place("log", of: root) {
            logLevel = reading.value("level", of: log, ConfigurationValues.choice(Self.logLevels)) ?? logLevel
            let formats = LogFormat.allCases.map(\.rawValue)
            logFormat =
                reading.value("format", of: log, ConfigurationValues.choice(formats))
                .flatMap { LogFormat(rawValue: $0) }
        }
    }
}
