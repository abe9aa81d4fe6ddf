// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleEngine
public import LifecycleModel

/// What `config.yaml` says. Everything has a default, and the file may be missing.
public struct HostConfiguration: Hashable, Sendable {
    /// The most live certificates kept here; `nil` for no limit.
    public var inventoryLimit: Int?
    /// `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`.
    public var logLevel = "warning"
    public var logFormat = LogFormat.text
    /// Whom to tell.
    public var channels: [NoticeChannel] = []

    public enum LogFormat: String, Hashable, Sendable, CaseIterable {
        case text, json
    }

    public init() {}

    static let logLevels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    /// Reads the home's configuration. Throws `configuration` with everything that is wrong with it.
    public static func read(from home: Home) throws(LifecycleError) -> HostConfiguration {
        let contents: Data
        do throws(SystemFailure) {
            contents = try SystemFile.read(home.configurationFile)
        } catch {
            if error.isMissing { return HostConfiguration() }
            // A home that cannot be entered is no matter of its configuration.
            guard SystemFile.exists(home.path + "/.") else { throw LifecycleError(.storage, error.description) }
            throw LifecycleError(.configuration, error.description, hint: "make it readable for this user")
        }
        return try HostConfiguration(yaml: String(decoding: contents, as: UTF8.self), named: home.configurationFile)
    }

    /// - Parameter file: how problems name the text.
    public init(yaml: String, named file: String) throws(LifecycleError) {
        var reading = ConfigurationReading()
        reading.read(yaml)
        guard reading.problems.isEmpty else {
            let problems = reading.problems.map { "\(file):\($0.line): \($0.message)" }
            throw LifecycleError(.configuration, problems.joined(separator: "; "))
        }
        self.init()
        inventoryLimit = reading.values["inventory.limit"].flatMap { Int($0) }
        logLevel = reading.values["log.level"] ?? logLevel
        logFormat = reading.values["log.format"].flatMap { LogFormat(rawValue: $0) } ?? logFormat
    }
}
