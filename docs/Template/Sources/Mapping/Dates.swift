// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The CA's dates: ISO 8601 in UTC, whole seconds.
enum Dates {
    /// `nil` for anything else: a date that cannot be read is not worth failing a call for.
    static func date(_ text: String) -> Date? {
        do { return try Date.ISO8601FormatStyle().parse(text) } catch { return nil }
    }
}
