// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// SCM has no place for a key of ours but the comments: it stands at their end, where people see it and leave it alone.
enum OrderComments {
    /// The most characters that SCM takes.
    static let limit = 1024

    private static let opening = "[order key "

    /// The comments with the key, or without it where there is no room: such an order is looked for by names and time.
    static func join(_ comments: String, _ key: OrderKey) -> String {
        let joined = (comments.isEmpty ? "" : comments + " ") + "\(opening)\(key)]"
        // SCM is written in Java, which counts so.
        return joined.utf16.count <= limit ? joined : comments
    }

    /// What a person wrote, and the key that we wrote. Blanks at the end are nobody's.
    static func split(_ written: String) -> (comments: String, key: OrderKey?) {
        let text = written.hasSuffix("]") ? written : written.trimmed
        guard text.hasSuffix("]"), let start = text.ranges(of: opening).last else { return (written, nil) }
        let key = text[start.upperBound...].dropLast()
        guard !key.isEmpty, !key.contains("]") else { return (written, nil) }
        let comments = text[..<start.lowerBound]
        return (String(comments.hasSuffix(" ") ? comments.dropLast() : comments), OrderKey(String(key)))
    }
}
