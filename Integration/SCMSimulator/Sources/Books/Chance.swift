// SPDX-License-Identifier: Apache-2.0

/// Random numbers that are the same at every start, so that a test's data are (SplitMix64).
struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// Sixteen octets, positive and never short.
    mutating func serial() -> [UInt8] {
        var serial = bytes(16)
        serial[0] = serial[0] & 0x3F | 0x40
        return serial
    }

    mutating func word(_ length: Int) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")
        return String((0..<length).compactMap { _ in letters.randomElement(using: &self) })
    }
}
