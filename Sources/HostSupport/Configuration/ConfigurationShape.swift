// SPDX-License-Identifier: Apache-2.0

/// What may stand under a key.
indirect enum ConfigurationShape: Sendable {
    case object([String: ConfigurationShape])
    case number(ClosedRange<Int>)
    case choice([String])
    case text
    /// `weekly`, `daily`, `12h`, `30m`; or with `every` and `at`.
    case schedule
    /// One or several objects whose members are looked at by those who use them.
    case list

    static let whole = ConfigurationShape.object([
        "inventory": .object(["limit": .number(1...1_000_000_000)]),
        "schedules": .object([
            "catalogs": .schedule, "orders": .schedule, "renewals": .schedule, "revocations": .schedule,
        ]),
        "windows": .list,
        "metrics": .object(["address": .text, "port": .number(1...65535)]),
        "notifications": .list,
        "deployments": .list,
        "log": .object([
            "level": .choice(HostConfiguration.logLevels),
            "format": .choice(HostConfiguration.LogFormat.allCases.map(\.rawValue)),
        ]),
    ])

    static let scheduleMembers: [String: ConfigurationShape] = ["every": .text, "at": .text]

    /// `hourly`, `daily`, `weekly`, `monthly`, or a number with `m`, `h` or `d`.
    static func isInterval(_ text: String) -> Bool {
        if ["hourly", "daily", "weekly", "monthly"].contains(text) { return true }
        guard let unit = text.last, "mhd".contains(unit), let number = Int(text.dropLast()) else { return false }
        return number > 0
    }

    /// `03:00`.
    static func isTimeOfDay(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1])
        else { return false }
        return (0..<24).contains(hour) && (0..<60).contains(minute)
    }
}
