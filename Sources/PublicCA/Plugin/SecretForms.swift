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
    package func clean(_ text: String) -> String? {
        var clean = text
        for secret in secrets {
            for form in secret.reveal({ Self.forms(of: $0) }) { clean = clean.replacing(form, with: "<secret>") }
        }
        let readings = EscapedText.readings(of: clean)
        let isLeft = secrets.contains { secret in
            secret.reveal { text in !text.isEmpty && readings.contains { $0.contains(text) } }
        }
        return isLeft ? nil : clean
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
