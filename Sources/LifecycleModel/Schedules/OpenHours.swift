// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// When work may begin in some period, worked out once: windows that overlap are one stretch.
package struct OpenHours: Hashable, Sendable {
    /// In order, none touching another; `nil` where it is always open.
    private let stretches: [Range<Date>]?

    /// Whether there are times at which it is closed by choice.
    package var isBounded: Bool { stretches != nil }

    package init(_ windows: [MaintenanceWindow], in period: Range<Date>) {
        guard !windows.isEmpty else {
            stretches = nil
            return
        }
        var all: [Range<Date>] = []
        for window in windows {
            var from = period.lowerBound
            while let stretch = window.next(from: from), stretch.lowerBound < period.upperBound {
                all.append(stretch)
                from = stretch.upperBound
            }
        }
        stretches = all.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, next in
            if let last = merged.last, next.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                merged.append(next)
            }
        }
    }

    /// The stretch that holds a date, else the next one; `nil` where it is always open, or never again.
    package func stretch(from date: Date) -> Range<Date>? {
        guard let stretches else { return nil }
        var (low, high) = (0, stretches.count)
        while low < high {
            let middle = (low + high) / 2
            if stretches[middle].upperBound <= date { low = middle + 1 } else { high = middle }
        }
        return low < stretches.count ? stretches[low] : nil
    }

    /// For how long it is open in a period.
    package func seconds(in period: Range<Date>) -> Double {
        (stretches ?? [period]).reduce(0) { sum, stretch in
            let part = stretch.clamped(to: period)
            return sum + part.upperBound.timeIntervalSince(part.lowerBound)
        }
    }
}
