// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

/// How a name pattern is looked up in a table of names.
struct NameSearch: Sendable {
    /// The index that serves it; `nil` where only the ids' order does, name after name.
    var index: String?
    var conditions: [Condition]

    /// `nil` for a pattern that every name matches.
    init?(_ pattern: NamePattern, table: String) {
        let parts = pattern.text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard !pattern.isLiteral, let first = parts.first, let last = parts.last else {
            index = "\(table)_forward"
            conditions = [Condition("n.name = ?", pattern.text)]
            return
        }
        guard parts.contains(where: { !$0.isEmpty }) else { return nil }
        if first.isEmpty, last.isEmpty {
            index = nil
            conditions = [Self.glob(parts)]
            return
        }
        // The longer end is likely the rarer one.
        if first.utf8.count >= last.utf8.count {
            index = "\(table)_forward"
            conditions = [.begins("n.name", with: first)]
        } else {
            index = "\(table)_backward"
            conditions = [.begins("n.reversed", with: Self.reversed(last))]
        }
        if parts.count(where: { !$0.isEmpty }) > 1 { conditions.append(Self.glob(parts)) }
    }

    /// Scalar by scalar, so that the end of a name is always the beginning of the reversed one.
    static func reversed(_ text: String) -> String {
        var reversed = String.UnicodeScalarView()
        reversed.append(contentsOf: text.unicodeScalars.reversed())
        return String(reversed)
    }

    /// The pattern for GLOB, where more than the asterisk has a meaning.
    private static func glob(_ parts: [String]) -> Condition {
        let escaped = parts.map { part in
            part.map { $0 == "?" || $0 == "[" ? "[\($0)]" : String($0) }.joined()
        }
        return Condition("n.name GLOB ?", escaped.joined(separator: "*"))
    }
}
