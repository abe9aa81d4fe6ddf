// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// Certificates live in wall time, sleeping does not: both, and both replaceable.
public struct EngineTime: Sendable {
    public var now: @Sendable () -> Date
    public var clock: any Clock<Duration>

    public init(now: @escaping @Sendable () -> Date, clock: any Clock<Duration>) {
        self.now = now
        self.clock = clock
    }

    public static let machine = EngineTime(now: { Date() }, clock: ContinuousClock())
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
