// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// Changes to bytes as a fuzzer makes them, the same for the same seed: for machines without one.
package struct Mutation {
    private var random: SeededBytes
    private let corpus: [Data]

    package init(seed: UInt64, of corpus: [Data]) {
        random = SeededBytes(state: seed)
        self.corpus = corpus
    }

    /// A few changes to one of the corpus.
    package mutating func next() -> Data {
        var bytes = Array(corpus.randomElement(using: &random) ?? Data())
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes) }
        return Data(bytes)
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = Int.random(in: place...min(bytes.count, place + 32), using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1 where place < bytes.count: bytes[place] = Self.odd.randomElement(using: &random) ?? 0
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        default:
            let other = corpus.randomElement(using: &random) ?? Data()
            let start = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(place..<end, with: other.dropFirst(start).prefix(32))
        }
    }

    private static let odd: [UInt8] =
        Array("\0\n\t\"'\\{}[]:,-+.*%&<>/@ ".utf8) + [0x1b, 0x1e, 0x30, 0x7f, 0x80, 0xc3, 0xff]
}

/// SplitMix64, as G. L. Steele, D. Lea and C. H. Flood describe it in "Fast splittable pseudorandom number generators"
/// (OOPSLA 2014).
private struct SeededBytes: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
