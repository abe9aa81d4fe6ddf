// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
package import LifecycleModel

/// Certificates live in wall time, sleeping does not: both, and both replaceable.
public struct EngineTime: Sendable {
    public var now: @Sendable () -> Date
    public var clock: any Clock<Duration>
    /// What time that has passed is measured by. Engines that share it trust each other's readings; those that do not
    /// each wait for a lost purchase themselves, whatever their dates say.
    package var uptime: @Sendable () -> Uptime

    /// Each value is a machine of its own, which is up since 1970 by its own date.
    public init(now: @escaping @Sendable () -> Date, clock: any Clock<Duration>) {
        let machine = Self.unique()
        self.init(now: now, clock: clock) { Uptime(machine: machine, seconds: now().timeIntervalSince1970) }
    }

    package init(
        now: @escaping @Sendable () -> Date, clock: any Clock<Duration>, uptime: @escaping @Sendable () -> Uptime
    ) {
        self.now = now
        self.clock = clock
        self.uptime = uptime
    }

    /// This machine's, as far as a process knows it by itself.
    public static let machine: EngineTime = {
        let (machine, start) = (unique(), ContinuousClock.now)
        return EngineTime(now: { Date() }, clock: ContinuousClock()) {
            Uptime(machine: machine, seconds: start.duration(to: .now).inSeconds)
        }
    }()

    private static func unique() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}

extension Date {
    func advanced(by duration: Duration) -> Date { addingTimeInterval(duration.inSeconds) }
}

extension Duration {
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
