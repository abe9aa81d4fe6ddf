// SPDX-License-Identifier: Apache-2.0

/// A certificate profile ("SSL type") and how orders of it fare.
struct Profile: Codable, Sendable {
    /// The path of an order through SCM, told by time alone.
    struct Course: Codable, Sendable {
        /// An administrator has to approve first; the API does not tell that of a profile.
        var approval: Bool?
        /// How long it stays `Requested` once approved.
        var requestedSeconds: Double?
        /// How long it stays `Applied` after that.
        var appliedSeconds: Double?
        /// `Issued`, `Rejected`, `Invalid`, `Applied` for an order without end, or any other word.
        var end: String?
    }

    var id: Int
    var name: String
    var description: String?
    var terms: [Int]
    /// Sizes are strings: `{"RSA": ["2048"], "EC": ["P-256"]}`.
    var keyTypes: [String: [String]]
    /// Who may order it; everybody when left out.
    var organizations: [Int]?
    var renewable: Bool?
    var course: Course?

    var longestTerm: Int { terms.max() ?? 1 }

    func allows(_ key: KeyDescription) -> Bool { keyTypes[key.algorithm]?.contains(key.size) ?? false }

    var json: JSON {
        .fields([
            "id": .integer(id), "name": .string(name), "description": .string(description ?? name),
            "terms": .array(terms.map { .integer($0) }),
            "keyTypes": .object(keyTypes.mapValues { sizes in .array(sizes.map { .string($0) }) }),
            "useSecondaryOrgName": false,
        ])
    }
}

/// A key as SCM speaks of it.
struct KeyDescription: Hashable, Codable, Sendable {
    /// `RSA` or `EC`.
    var algorithm: String
    /// `2048`, `P-256`.
    var size: String
}
