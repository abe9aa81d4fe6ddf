// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// Scatters dates so that what was issued together is not renewed together. Deterministic: the same id always lands at
/// the same place, so that a restart moves nothing.
public enum Spread {
    /// A number from 0 up to, but not including, 1.
    public static func fraction(of id: String) -> Double {
        // FNV-1a, whose high bits hardly know the last bytes: without the last step of MurmurHash3, names that differ in a
        // digit at their end would lie side by side.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for factor in [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53] as [UInt64] {
            hash = (hash ^ (hash >> 33)) &* factor
        }
        return Double((hash ^ (hash >> 33)) >> 11) / 9_007_199_254_740_992
    }

    /// A date in `[start, start + width)`.
    public static func date(of id: String, from start: Date, width: TimeInterval) -> Date {
        start.addingTimeInterval(fraction(of: id) * max(0, width))
    }
}
