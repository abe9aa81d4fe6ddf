// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What `--json` prints. A key that has no value is there as `null`, so that scripts always find it.
enum JSONDocument: Hashable, Sendable {
    case null
    case text(String)
    case number(Int)
    case decimal(Double)
    case truth(Bool)
    case list([JSONDocument])
    case object([String: JSONDocument])

    static func optional(_ text: String?) -> JSONDocument { text.map { .text($0) } ?? .null }
    static func optional(_ number: Int?) -> JSONDocument { number.map { .number($0) } ?? .null }
    static func date(_ date: Date?) -> JSONDocument { date.map { .text(Dates.text($0)) } ?? .null }
    static func texts(_ texts: some Sequence<String>) -> JSONDocument { .list(texts.map { .text($0) }) }

    func adding(_ key: String, _ value: JSONDocument) -> JSONDocument {
        guard case .object(var members) = self else { return self }
        members[key] = value
        return .object(members)
    }
}
