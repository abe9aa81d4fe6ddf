// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

extension Date {
    /// Whole milliseconds since 1970: the precision in which dates are kept, compared and hashed.
    package var milliseconds: Int64 {
        let exact = (timeIntervalSince1970 * 1000).rounded()
        return Int64(exactly: exact) ?? (exact < 0 ? .min : .max)
    }

    package init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// As it comes back from a repository.
    package var inMilliseconds: Date { Date(milliseconds: milliseconds) }

    package func adding(_ length: Duration) -> Date {
        let (seconds, attoseconds) = length.components
        return addingTimeInterval(Double(seconds) + Double(attoseconds) / 1e18)
    }
}
