// SPDX-License-Identifier: Apache-2.0

/// A certificate's serial number (RFC 5280 §4.1.2.2) as lower-case hex without colons or leading zero octets.
public struct SerialNumber: OpaqueName {
    public let rawValue: String

    /// Takes hex in any case, with or without colons or blanks, and with or without leading zero octets.
    public init(rawValue: String) {
        // Bytes: what joins with the digit before it, in a text that is no number, is to stay by itself.
        var digits = rawValue.lowercased().utf8.filter { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") }[...]
        let zero = UInt8(ascii: "0")
        if !digits.count.isMultiple(of: 2) { digits.insert(zero, at: 0) }
        while digits.count > 2, digits.starts(with: [zero, zero]) { digits = digits.dropFirst(2) }
        self.rawValue = String(decoding: digits, as: UTF8.self)
    }
}
