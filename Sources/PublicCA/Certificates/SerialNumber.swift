// SPDX-License-Identifier: Apache-2.0

/// A certificate's serial number (RFC 5280 §4.1.2.2) as lower-case hex without colons or leading zero octets.
public struct SerialNumber: OpaqueName {
    public let rawValue: String

    /// Takes hex in any case, with or without colons or blanks, and with or without leading zero octets.
    public init(rawValue: String) {
        let digits = rawValue.lowercased().filter { $0 != ":" && $0 != " " }
        let even = digits.count.isMultiple(of: 2) ? digits : "0" + digits
        var rest = Substring(even)
        while rest.count > 2, rest.hasPrefix("00") { rest = rest.dropFirst(2) }
        self.rawValue = String(rest)
    }
}
