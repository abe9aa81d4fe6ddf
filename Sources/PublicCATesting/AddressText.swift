// SPDX-License-Identifier: Apache-2.0

/// IP addresses as a certificate holds them (RFC 5280 §4.2.1.6).
enum AddressText {
    /// Four octets of a dotted quad, or sixteen of an IPv6 address (RFC 4291 §2.2); `nil` for anything else.
    static func octets(_ text: String) -> [UInt8]? {
        guard text.contains(":") else { return quad(text[...]) }
        guard let gap = text.firstRange(of: "::") else {
            guard let octets = groups(text[...]), octets.count == 16 else { return nil }
            return octets
        }
        guard let front = groups(text[..<gap.lowerBound]), let back = groups(text[gap.upperBound...]),
            front.count + back.count <= 14
        else { return nil }
        return front + Array(repeating: 0, count: 16 - front.count - back.count) + back
    }

    private static func quad(_ text: Substring) -> [UInt8]? {
        let octets = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        return octets.count == 4 ? octets : nil
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var octets: [UInt8] = []
        for group in text.split(separator: ":", omittingEmptySubsequences: false) {
            if group.contains(".") {
                guard let quad = quad(group) else { return nil }
                octets += quad
            } else {
                guard group.count <= 4, let value = UInt16(group, radix: 16) else { return nil }
                octets += [UInt8(value >> 8), UInt8(value & 0xff)]
            }
        }
        return octets
    }
}
