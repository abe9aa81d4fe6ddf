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
    /// By the watch of each machine that has looked: hosts that take turns do not begin anew each time.
    package private(set) var since: [Uptime]
    /// In seconds.
    package var length: Double

    /// The most machines whose watches are kept; beyond that, who looked first begins anew.
    private static let most = 16

    package init(since: Uptime, length: Double) {
        self.since = [since]
        self.length = length
    }

    /// How many of its seconds are left for a lookup that began then. Where nobody here has seen it begin, it begins.
    package mutating func left(at uptime: Uptime) -> Double {
        if let passed = since.lazy.compactMap({ uptime.seconds(since: $0) }).first { return length - passed }
        since = since.suffix(Self.most - 1) + [uptime]
        return length
    }
}
