// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import LifecycleEngine

/// Results on standard output, everything else on standard error.
enum Output {
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// A header and rows. Wide cells are cut on a terminal only; an empty table says what to type next.
    static func table(_ header: [String], _ rows: [[String]], empty: String) {
        guard !rows.isEmpty else { return print("nothing yet; try: \(empty)") }
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        let limit = isatty(1) == 1 ? 40 : Int.max
        for row in [header] + rows {
            let cells = zip(row, widths).map { text, width in
                let cut = text.count > limit ? text.prefix(limit - 1) + "…" : text[...]
                return cut + String(repeating: " ", count: max(0, min(width, limit) - cut.count))
            }
            var line = cells.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            print(line)
        }
    }

    static func fail(_ error: LifecycleError, isJSON: Bool) {
        guard isJSON else { return note("error: \(error.description)") }
        struct Body: Encodable {
            var code: String
            var message: String
            var hint: String?
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = ["error": Body(code: error.code.rawValue, message: error.message, hint: error.hint)]
        guard let data = try? encoder.encode(body) else { return note("error: \(error.description)") }
        note(String(decoding: data, as: UTF8.self))
    }

    static func note(_ line: String) {
        // Not through a stream: standard error is a shared variable there.
        let bytes = Array((line + "\n").utf8)
        _ = write(2, bytes, bytes.count)
    }
}

/// The shape of every list.
struct ListBody<Item: Encodable>: Encodable {
    var items: [Item]
    var next: String?

    enum CodingKeys: CodingKey { case items, next }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }
}
