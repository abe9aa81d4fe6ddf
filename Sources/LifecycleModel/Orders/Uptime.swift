// SPDX-License-Identifier: Apache-2.0

/// How long a machine has been up. Clocks of two machines may be minutes apart, and any clock may be set while something
/// is under way: how much time has really passed, only two readings of one machine tell.
package struct Uptime: Hashable, Sendable, Codable {
    /// One machine from one start to the next.
    package var machine: String
    package var seconds: Double

    package init(machine: String, seconds: Double) {
        self.machine = machine
        self.seconds = seconds
    }

    /// `nil` for another machine's.
    package func seconds(since earlier: Uptime) -> Double? {
        machine == earlier.machine ? seconds - earlier.seconds : nil
    }
}

/// The time that a write has to show at the CA, and since when it runs.
package struct Settling: Hashable, Sendable, Codable {
    package var since: Uptime
    /// In seconds.
    package var length: Double

    /// How many of its seconds are left for a lookup that began then. Where nobody here has seen it begin, it begins.
    package mutating func left(at uptime: Uptime) -> Double {
        guard let passed = uptime.seconds(since: since) else {
            since = uptime
            return length
        }
        return length - passed
    }
}
