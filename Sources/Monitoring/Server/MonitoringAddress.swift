// SPDX-License-Identifier: Apache-2.0

/// Where metrics and health are served.
package struct MonitoringAddress: Hashable, Sendable, CustomStringConvertible {
    package var host: String
    package var port: Int

    /// - Parameter port: 0 for any that is free.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
