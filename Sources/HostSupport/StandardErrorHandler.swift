// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import Synchronization

/// One line for each event on standard error, for people or as JSON.
struct StandardErrorHandler: LogHandler {
    let format: HostConfiguration.LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    /// What a line is handed to, whole.
    var write: @Sendable (Data) -> Void = { Self.put($0) }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        do {
            write(try LogLine(event, fields: fields(of: event)).written(as: format))
        } catch {
            // A log that cannot be written must not stop the work.
            return
        }
    }

    /// What is said of this event goes before what is said of all.
    private func fields(of event: LogEvent) -> Logger.Metadata {
        metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
    }

    /// A long line takes several calls of the system: another one must not come between them.
    private static let turn = Mutex(())

    static func put(_ line: Data, to file: Int32 = 2) {
        turn.withLock { _ in
            do throws(SystemFailure) {
                try SystemFile.writeAll(line, to: file, named: "standard error")
            } catch {
                // The same: nobody is left to be told.
                return
            }
        }
    }
}
