// SPDX-License-Identifier: Apache-2.0

/// Finds what somebody may have meant.
public enum NearestNames {
    /// Up to three of `names`, the most alike first; empty when none is alike.
    public static func to(_ wanted: String, among names: [String]) -> [String] {
        let text = Array(wanted.lowercased())
        let ranked = names.map { (name: $0, distance: distance(text, Array($0.lowercased()))) }
        return ranked.filter { $0.distance <= max(2, max(text.count, $0.name.count) / 2) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(3).map(\.name)
    }

    /// How many characters have to be added, dropped or changed (Levenshtein).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let change = character == other ? diagonal : diagonal + 1
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
