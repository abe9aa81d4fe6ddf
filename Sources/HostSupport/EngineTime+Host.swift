// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleEngine
import LifecycleModel

extension EngineTime {
    /// This machine's. On Linux all processes of one machine measure by the kernel's own uptime, which nobody can set;
    /// elsewhere, and where the kernel does not tell, each process measures for itself.
    package static let host: EngineTime = {
        guard let name = KernelUptime.machine else { return .machine }
        return EngineTime(now: machine.now, clock: machine.clock) {
            KernelUptime.seconds.map { Uptime(machine: name, seconds: $0) } ?? machine.uptime()
        }
    }()
}

/// What Linux tells in `/proc`, see proc(5).
private enum KernelUptime {
    /// One start of the machine, and where on it: containers are shown uptimes of their own.
    static var machine: String? {
        guard let start = text("/proc/sys/kernel/random/boot_id"),
            // Not there on other systems.
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        else { return nil }
        return "\(start) \(place)"
    }

    static var seconds: Double? {
        text("/proc/uptime")?.split(separator: " ").first.flatMap { Double($0) }
    }

    private static func text(_ path: String) -> String? {
        // Not there on other systems.
        guard let data = try? SystemFile.read(path) else { return nil }
        return String(String(decoding: data, as: UTF8.self).prefix { !$0.isNewline })
    }
}
