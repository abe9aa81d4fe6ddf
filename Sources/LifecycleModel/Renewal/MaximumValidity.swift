// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// The longest that a publicly trusted server certificate may be valid, by the day on which it is issued: CA/Browser
/// Forum, ballot SC-081v3 of April 2025, now section 6.3.2 of the Baseline Requirements.
package enum MaximumValidity {
    package struct Rule: Hashable, Sendable {
        /// From this moment on, in UTC.
        package var since: Date
        /// What the ballot allows.
        package var allowed: Int
        /// What CAs sell under it, as far as that is known: of the 200 days they keep one for safety.
        package var days: Int
    }

    /// Oldest first.
    package static let rules = [
        Rule(since: Date(timeIntervalSince1970: 1_773_532_800), allowed: 200, days: 199),  // 2026-03-15
        Rule(since: Date(timeIntervalSince1970: 1_805_068_800), allowed: 100, days: 100),  // 2027-03-15
        Rule(since: Date(timeIntervalSince1970: 1_868_227_200), allowed: 47, days: 47),  // 2029-03-15
    ]

    /// In days, for what is issued at a date. What the rules allowed before the first of these is over.
    package static func days(at date: Date) -> Int {
        let rule = rules.last { $0.since <= date } ?? rules[0]
        return rule.days
    }
}
