// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding of everything but unreserved characters (RFC 3986 §2.3), so that a reference stays one segment.
package enum PercentCoding {
    package static func encode(_ text: String) -> String {
        // Dots alone would be taken for steps in the path.
        let keepsDots = !text.allSatisfy { $0 == "." }
        return text.utf8.map { octet in
            let character = Character(Unicode.Scalar(octet))
            let isUnreserved = octet < 0x80 && (character.isLetter || character.isNumber || "-_~".contains(character))
            if isUnreserved || (character == "." && keepsDots) { return String(character) }
            let hex = String(octet, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }
}
