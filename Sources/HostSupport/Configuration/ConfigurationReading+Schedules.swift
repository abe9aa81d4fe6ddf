// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// When things are done.
extension ConfigurationReading {
    /// - Parameter windows: when renewals are possible at all.
    mutating func schedules(of root: Place, windows: [MaintenanceWindow], at now: Date) -> DutySchedules {
        var schedules = DutySchedules()
        guard let place = place("schedules", of: root) else { return schedules }
        for (name, schedule) in [
            ("catalogs", \DutySchedules.catalogs), ("orders", \.orders), ("renewals", \.renewals),
            ("revocations", \.revocations), ("retention", \.retention),
        ] {
            schedules[keyPath: schedule] = self.schedule(name, of: place) ?? schedules[keyPath: schedule]
        }
        if !schedules.renewals.canFire(in: windows, from: now) {
            note("schedules.renewals never comes within any of the windows", line: place.line(of: "renewals"))
        }
        return schedules
    }

    private mutating func schedule(_ name: String, of schedules: Place) -> Schedule? {
        guard schedules.hasMembers(name) else {
            return value(name, of: schedules, ConfigurationValues.interval).map { Schedule(every: $0) }
        }
        guard let place = place(name, of: schedules, as: ConfigurationKeys.schedule) else { return nil }
        need("every", of: place, for: place.key)
        let at = value("at", of: place, ConfigurationValues.time)
        let zone = value("zone", of: place, ConfigurationValues.zone)
        guard let every = value("every", of: place, ConfigurationValues.interval) else { return nil }
        if at != nil, !every.components.seconds.isMultiple(of: 86400) {
            note("\(place.key).at needs whole days, such as daily or 3d", line: place.line(of: "at"))
        }
        if zone != nil, !place.has("at") {
            note("\(place.key).zone is of no use without at", line: place.line(of: "zone"))
        }
        return Schedule(every: every, at: at, zone: zone ?? .gmt)
    }

    mutating func windows(of root: Place) -> [MaintenanceWindow] {
        places("windows", of: root).compactMap { place in
            for name in ["from", "to"] { need(name, of: place, for: "a window") }
            let days = values("days", of: place, ConfigurationValues.days).reduce(into: Set<Int>()) { $0.formUnion($1) }
            if place.isEmptyList("days") {
                note("a window without days never opens", line: place.line(of: "days"))
            }
            let zone = value("zone", of: place, ConfigurationValues.zone) ?? .gmt
            guard let from = value("from", of: place, ConfigurationValues.time),
                let to = value("to", of: place, ConfigurationValues.endOfTime)
            else { return nil }
            guard from != to else {
                note("a window from a time to the same time never opens", line: place.line)
                return nil
            }
            return MaintenanceWindow(days: !place.has("days") ? Set(1...7) : days, from: from, to: to, zone: zone)
        }
    }
}
