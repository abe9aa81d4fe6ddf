// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An IPv4 or IPv6 address, as text and as the octets of a certificate (RFC 5280 §4.2.1.6).
struct NetworkAddress: Hashable, Sendable {
    /// 4 or 16 octets in network order.
    let octets: [UInt8]

    init?(octets: some Collection<UInt8>) {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        self.octets = Array(octets)
    }

    /// Takes a dotted quad without leading zeros, or any text form of RFC 4291 §2.2.
    init?(text: String) {
        // C would read up to the NUL alone.
        guard !text.utf8.contains(0) else { return nil }
        let isVersion6 = text.contains(":")
        var octets = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
        guard inet_pton(isVersion6 ? AF_INET6 : AF_INET, text, &octets) == 1 else { return nil }
        self.octets = octets
    }

    /// The canonical form: dotted quad, or RFC 5952.
    var text: String {
        guard octets.count == 16 else { return octets.map { "\($0)" }.joined(separator: ".") }
        if octets.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
            return "::ffff:" + octets.suffix(4).map { "\($0)" }.joined(separator: ".")
        }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1]) }
        let zeros = Self.longestZeros(in: groups)
        guard zeros.count > 1 else { return Self.hex(groups[...]) }
        return Self.hex(groups[..<zeros.lowerBound]) + "::" + Self.hex(groups[zeros.upperBound...])
    }

    /// The first of the longest runs (RFC 5952 §4.2.3).
    private static func longestZeros(in groups: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for index in groups.indices {
            if groups[index] != 0 { start = index + 1 }
            if index + 1 - start > longest.count { longest = start..<index + 1 }
        }
        return longest
    }

    private static func hex(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
