// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging

/// One line for each event on standard error, for people or as JSON.
struct StandardErrorHandler: LogHandler {
    let format: HostConfiguration.LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        do {
            try SystemFile.writeAll(try line(for: event), to: 2, named: "standard error")
        } catch {
            // A log that cannot be written must not stop the work.
            return
        }
    }

    private func line(for event: LogEvent) throws -> Data {
        guard format == .json else { return Data("\(event.level.rawValue): \(event.message)\n".utf8) }
        let members = ["at": Date().formatted(.iso8601), "level": event.level.rawValue, "message": "\(event.message)"]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(members) + Data("\n".utf8)
    }
}
