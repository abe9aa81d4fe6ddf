// SPDX-License-Identifier: Apache-2.0

/// Reads IP addresses as text.
enum IPAddress {
    /// Four octets of a dotted quad, or sixteen of an IPv6 address (RFC 4291 §2.2); `nil` for anything else.
    static func octets(_ text: String) -> [UInt8]? {
        text.contains(":") ? version6(text) : version4(text)
    }

    private static func version4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let octets = parts.compactMap { $0 }
        return parts.count == 4 && octets.count == 4 ? octets : nil
    }

    private static func version6(_ text: String) -> [UInt8]? {
        guard let gap = text.firstRange(of: "::") else {
            guard let octets = groups(text[...]), octets.count == 16 else { return nil }
            return octets
        }
        guard let front = groups(text[..<gap.lowerBound]), let back = groups(text[gap.upperBound...]),
            front.count + back.count <= 14
        else { return nil }
        return front + Array(repeating: 0, count: 16 - front.count - back.count) + back
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var octets: [UInt8] = []
        for group in text.split(separator: ":", omittingEmptySubsequences: false) {
            if group.contains(".") {
                guard let quad = version4(String(group)) else { return nil }
                octets += quad
            } else {
                guard group.count <= 4, let value = UInt16(group, radix: 16) else { return nil }
                octets += [UInt8(value >> 8), UInt8(value & 0xff)]
            }
        }
        return octets
    }
}
