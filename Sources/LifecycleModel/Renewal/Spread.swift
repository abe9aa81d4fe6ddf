// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// Scatters dates so that what was issued together is not renewed together. Deterministic: the same id always lands at
/// the same place, so that a restart moves nothing.
public enum Spread {
    /// A number from 0 up to, but not including, 1 (FNV-1a over the id).
    public static func fraction(of id: String) -> Double {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        // The low bits of FNV are the well mixed ones for short texts.
        return Double((hash ^ (hash >> 32)) & 0xffff_ffff) / 4_294_967_296
    }

    /// A date in `[start, start + width)`.
    public static func date(of id: String, from start: Date, width: TimeInterval) -> Date {
        start.addingTimeInterval(fraction(of: id) * max(0, width))
    }
}
