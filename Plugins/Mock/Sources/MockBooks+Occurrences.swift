// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// How often each mischief has happened since it was asked for.
private struct Occurrences: Codable, Hashable, Sendable {
    var armed: String
    var counts: [String: Int] = [:]
}

extension MockBooks {
    /// Whether the mischief happens this time; if so, it is counted.
    func happens(_ mischief: Mischief, by script: MockScript) async throws(ProviderError) -> Bool {
        guard let wanted = script.mischief.limits[mischief] else { return false }
        guard let limit = wanted else { return true }
        for _ in 0..<200 {
            let found = try await read("occurrences", as: Occurrences.self)
            var occurrences = found?.value ?? Occurrences(armed: script.armed)
            if occurrences.armed != script.armed { occurrences = Occurrences(armed: script.armed) }
            let count = occurrences.counts[mischief.rawValue] ?? 0
            if count >= limit { return false }
            occurrences.counts[mischief.rawValue] = count + 1
            if try await write(occurrences, as: "occurrences", replacing: found?.version) { return true }
        }
        throw Self.crowded
    }

    /// Notes which mischief is asked for, so that asking for it again later begins to count anew.
    func rearm(_ script: MockScript) async throws(ProviderError) {
        let found = try await read("occurrences", as: Occurrences.self)
        guard (found?.value.armed ?? "") != script.armed else { return }
        _ = try await write(Occurrences(armed: script.armed), as: "occurrences", replacing: found?.version)
    }
}
