// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Days and times as the clocks on the wall show them.
extension Calendar {
    init(wallOf zone: TimeZone) {
        self.init(identifier: .gregorian)
        timeZone = zone
    }

    /// Minutes after midnight of a day; 24 hours and more lead into the days after.
    ///
    /// In the night in which the clocks change, a time that is left out is the first one after it, and one that comes twice
    /// is the first of the two.
    func time(_ minutes: Int, of day: Date) -> Date? {
        guard let day = date(byAdding: .day, value: minutes / (24 * 60), to: day) else { return nil }
        return date(
            bySettingHour: minutes / 60 % 24, minute: minutes % 60, second: 0, of: day, matchingPolicy: .nextTime)
    }

    /// Days since 1970, by the zone's clocks.
    func number(of day: Date) -> Int {
        let local = day.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: day))
        return Int((local / 86400).rounded(.down))
    }
}
