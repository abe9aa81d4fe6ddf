// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Reads a text as whoever unpacks JSON, HTML, URLs, forms or Base64 would, all at once and some layers deep.
///
/// For finding what must not be there: it never says which reading was meant.
enum EscapedText {
    private static let layers = 3

    /// The text itself, and what it may stand for.
    static func readings(of text: [UInt8]) -> [[UInt8]] {
        var readings: [[UInt8]] = []
        var current = text
        for _ in 0...layers {
            let form = current.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
            readings += [current, form] + base64(in: current)
            let next = unescaped(current)
            if next == current { break }
            current = next
        }
        return readings
    }

    private static func unescaped(_ octets: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < octets.count {
            let rest = octets[index...]
            if let (meant, length) = percent(rest) ?? backslash(rest) ?? entity(rest) {
                result += meant
                index += length
            } else {
                result.append(octets[index])
                index += 1
            }
        }
        return result
    }

    private static func percent(_ text: ArraySlice<UInt8>) -> ([UInt8], Int)? {
        guard text.first == UInt8(ascii: "%"), let octet = hex(text.dropFirst().prefix(2), count: 2) else { return nil }
        return ([UInt8(octet)], 3)
    }

    private static func backslash(_ text: ArraySlice<UInt8>) -> ([UInt8], Int)? {
        guard text.first == UInt8(ascii: "\\"), let kind = text.dropFirst().first else { return nil }
        switch kind {
        case UInt8(ascii: "n"): return ([0x0a], 2)
        case UInt8(ascii: "r"): return ([0x0d], 2)
        case UInt8(ascii: "t"): return ([0x09], 2)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "/"), UInt8(ascii: "\\"): return ([kind], 2)
        case UInt8(ascii: "u"):
            guard let first = hex(text.dropFirst(2).prefix(4), count: 4) else { return nil }
            // A character beyond the first plane comes as two.
            let tail = text.dropFirst(6)
            if (0xd800..<0xdc00).contains(first), tail.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]),
                let second = hex(tail.dropFirst(2).prefix(4), count: 4), (0xdc00..<0xe000).contains(second)
            {
                return (octets(of: 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)), 12)
            }
            return (octets(of: first), 6)
        default: return nil
        }
    }

    private static let names: [String: UInt32] = ["amp": 0x26, "lt": 0x3c, "gt": 0x3e, "quot": 0x22, "apos": 0x27]

    private static func entity(_ text: ArraySlice<UInt8>) -> ([UInt8], Int)? {
        guard text.first == UInt8(ascii: "&"), let end = text.prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
            return nil
        }
        let name = String(decoding: text[(text.startIndex + 1)..<end], as: UTF8.self)
        let number =
            name.hasPrefix("#x") || name.hasPrefix("#X")
            ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : names[name]
        return number.map { (octets(of: $0), end - text.startIndex + 1) }
    }

    /// What long enough words say that may be Base64 of either alphabet, with or without its padding.
    private static func base64(in text: [UInt8]) -> [[UInt8]] {
        text.split { !$0.isBase64 }.compactMap { word in
            guard word.count >= 6 else { return nil }
            let padding = String(repeating: "=", count: (4 - word.count % 4) % 4)
            return Data(base64Encoded: Data(word.map(\.inUsualBase64)) + padding.utf8).map { Array($0) }
        }
    }

    private static func hex(_ digits: ArraySlice<UInt8>, count: Int) -> UInt32? {
        guard digits.count == count, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func octets(of scalar: UInt32) -> [UInt8] {
        Array(String(Character(Unicode.Scalar(scalar) ?? "\u{fffd}")).utf8)
    }
}

extension UInt8 {
    /// Whether it is a letter of Base64 in one of its alphabets (RFC 4648, sections 4 and 5), padding left aside.
    package var isBase64: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The letter of the alphabet for URLs as that of the usual one.
    fileprivate var inUsualBase64: UInt8 {
        switch self {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: self
        }
    }
}
