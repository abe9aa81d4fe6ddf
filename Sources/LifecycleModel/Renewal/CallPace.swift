// SPDX-License-Identifier: Apache-2.0

/// How many orders an account can bear. Rough on purpose: it tells whether a week is near the limit, not when.
package struct CallPace: Hashable, Sendable {
    package var callsPerSecond: Double

    /// What one order asks of a CA: it is placed, looked at four times, and collected.
    package static let callsPerOrder = 6.0
    /// Where an account has no limit of its own: how long one call takes.
    package static let secondsPerCall = 1.0

    /// - Parameters:
    ///   - requestsPerSecond: the account's setting; `nil` where none is set.
    ///   - requestsInFlight: the account's setting.
    package init(requestsPerSecond: Double?, requestsInFlight: Int) {
        let inFlight = Double(requestsInFlight) / Self.secondsPerCall
        callsPerSecond = min(requestsPerSecond ?? inFlight, inFlight)
    }

    /// What fits into so many seconds.
    package func orders(in seconds: Double) -> Double { callsPerSecond * seconds / Self.callsPerOrder }
}
