// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Takes secrets out of a text, in whatever dress a CA sends them back or a request carries them.
package struct SecretForms: Sendable {
    private let secrets: [Secret]

    package init(_ secrets: [Secret]) { self.secrets = secrets }

    /// The most characters that one of them takes, each of its bytes escaped twice over.
    package var longestForm: Int { secrets.map { $0.reveal { $0.utf8.count * 12 } }.max() ?? 0 }

    /// The text with `<secret>` in place of each secret; `nil` where one is left that cannot be cut out, such as one of
    /// which each character is written in another way.
    ///
    /// Looked for as bytes: with an accent behind it that the CA added, a secret's last character is another, and the
    /// secret is told none the less.
    package func clean(_ text: String) -> String? {
        var clean = Array(text.utf8)
        for secret in secrets {
            for form in secret.reveal({ Self.forms(of: $0) }) { clean.replace(Array(form.utf8), with: Self.mark) }
        }
        let readings = EscapedText.readings(of: clean)
        let isLeft = secrets.contains { secret in
            secret.reveal { text in !text.isEmpty && readings.contains { Self.tells($0, text) } }
        }
        return isLeft ? nil : String(decoding: clean, as: UTF8.self)
    }

    private static let mark = Array("<secret>".utf8)

    /// Compared as characters, too, where one of the two is not ASCII: a letter may be written in more than one way. The last
    /// one is left aside then, as an accent may have been put on it.
    private static func tells(_ reading: [UInt8], _ secret: String) -> Bool {
        let bytes = Array(secret.utf8)
        if reading.place(of: bytes, from: 0) != nil { return true }
        guard !bytes.allSatisfy({ $0 < 0x80 }) || !reading.allSatisfy({ $0 < 0x80 }) else { return false }
        return String(decoding: reading, as: UTF8.self).contains(secret.count > 4 ? String(secret.dropLast()) : secret)
    }

    /// How encoders in use write it, longest first.
    private static func forms(of secret: String) -> [String] {
        guard !secret.isEmpty else { return [] }
        let base64 = Data(secret.utf8).base64EncodedString()
        let json = secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n").replacing("\r", with: "\\r").replacing("\t", with: "\\t")
        let percent = PercentCoding.encode(secret)
        let form = percent.replacing("%20", with: "+")
        let markup = secret.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        return Set([
            secret, base64, String(base64.prefix { $0 != "=" }), json, json.replacing("/", with: "\\/"),
            unicode(json, isUpper: false), unicode(json, isUpper: true), percent, lowerHex(percent), form,
            lowerHex(form), markup, markup.replacing("\"", with: "&quot;").replacing("'", with: "&#39;"),
        ])
        .sorted { ($1.count, $1) < ($0.count, $0) }
    }

    /// `&`, `<`, `>`, `'` and what is not ASCII by their UTF-16 numbers, as careful JSON encoders do.
    private static func unicode(_ json: String, isUpper: Bool) -> String {
        json.utf16.map { unit in
            let character = Unicode.Scalar(unit)
            if let character, character.isASCII, !"&<>'".unicodeScalars.contains(character) {
                return String(character)
            }
            let hex = String(unit, radix: 16, uppercase: isUpper)
            return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }.joined()
    }

    /// `%2F` as `%2f`; the rest keeps its case.
    private static func lowerHex(_ text: String) -> String {
        var left = 0
        return String(
            text.map { character -> Character in
                if character == "%" {
                    left = 2
                    return character
                }
                guard left > 0 else { return character }
                left -= 1
                return Character(character.lowercased())
            })
    }
}

extension [UInt8] {
    fileprivate mutating func replace(_ part: [UInt8], with other: [UInt8]) {
        var start = 0
        while let place = place(of: part, from: start) {
            replaceSubrange(place..<(place + part.count), with: other)
            start = place + other.count
        }
    }

    /// Where the part begins, from that index on. The library's own search of a collection takes hundreds of
    /// times as long.
    fileprivate func place(of part: [UInt8], from start: Int) -> Int? {
        guard let first = part.first else { return nil }
        var start = start
        while let place = self[start...].firstIndex(of: first) {
            if self[place...].starts(with: part) { return place }
            start = place + 1
        }
        return nil
    }
}
