// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// How often a mischief has happened since it was asked for.
private struct Occurrences: Codable, Hashable, Sendable {
    var armed: String
    var count = 0
}

extension MockBooks {
    /// Whether the mischief happens this time; if so, it is counted.
    func happens(_ mischief: Mischief, by script: MockScript) async throws(ProviderError) -> Bool {
        guard let wanted = script.mischief.limits[mischief] else { return false }
        guard let limit = wanted else { return true }
        let name = mischief.rawValue
        let armed = script.armed[mischief] ?? ""
        for _ in 0..<200 {
            let found = try await read("occurrences", as: [String: Occurrences].self)
            var all = found?.value ?? [:]
            var own = all[name] ?? Occurrences(armed: armed)
            if own.armed != armed { own = Occurrences(armed: armed) }
            if own.count >= limit { return false }
            own.count += 1
            all[name] = own
            if try await write(all, as: "occurrences", replacing: found?.version) { return true }
        }
        throw Self.crowded
    }

    /// Forgets what is no longer asked for, so that asking for it again later begins to count anew.
    func rearm(_ script: MockScript) async throws(ProviderError) {
        guard let (all, version) = try await read("occurrences", as: [String: Occurrences].self) else { return }
        let wanted = all.filter { name, occurrences in
            Mischief(rawValue: name).map { script.armed[$0] == occurrences.armed } ?? false
        }
        if wanted != all { _ = try await write(wanted, as: "occurrences", replacing: version) }
    }
}
