// SPDX-License-Identifier: Apache-2.0

/// Bodies too large to keep, made piece by piece.
enum Stream: Sendable {
    /// An array that is opened and then filled with so many spaces.
    case spaces(Int)
    /// So many spaces in a gzip member whose trailer is missing: whoever unpacks it all has lost already.
    case compressedSpaces(Int)
    /// Arrays in arrays.
    case brackets(Int)

    private static let pieceSize = 65_536

    /// The pieces in order; no more than a few are ever in memory.
    var pieces: AnySequence<[UInt8]> {
        switch self {
        case .spaces(let count):
            let piece = [UInt8](repeating: UInt8(ascii: " "), count: Self.pieceSize)
            // The pieces share their storage.
            return AnySequence([[UInt8(ascii: "[")]] + Array(repeating: piece, count: count / Self.pieceSize))
        case .compressedSpaces(let count): return CompressedSpaces.pieces(count)
        case .brackets(let depth):
            let open = [UInt8](repeating: UInt8(ascii: "["), count: depth)
            let closed = [UInt8](repeating: UInt8(ascii: "]"), count: depth)
            return AnySequence([open, closed])
        }
    }
}

/// Deflate by hand (RFC 1951): one literal space, then "258 bytes, one back" over and over with the fixed code.
/// Each of those takes 13 bits, so that eight of them are the same 13 bytes at any alignment.
enum CompressedSpaces {
    static func pieces(_ count: Int) -> AnySequence<[UInt8]> {
        var bits = Bits()
        bits.add(0b1, 1)
        bits.add(0b01, 2)
        bits.addCode(0x30 + 0x20, 8)
        let start = bits.takeWhole()
        for _ in 0..<8 {
            bits.addCode(0b1100_0101, 8)
            bits.addCode(0, 5)
        }
        let period = bits.takeWhole()
        let periods = 1000
        let piece = [UInt8](repeatElement(period, count: periods).joined())
        let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        let repeated = Array(repeating: piece, count: max(1, count / (2064 * periods)))
        return AnySequence([header + start] + repeated)
    }

    /// Bits, the first in the lowest place of each byte.
    private struct Bits {
        private var bytes: [UInt8] = []
        private var rest: UInt8 = 0
        private var count = 0

        mutating func add(_ value: Int, _ length: Int) {
            for place in 0..<length {
                if value >> place & 1 == 1 { rest |= 1 << count }
                count += 1
                guard count == 8 else { continue }
                bytes.append(rest)
                (rest, count) = (0, 0)
            }
        }

        /// Huffman codes go in with their highest bit first.
        mutating func addCode(_ code: Int, _ length: Int) {
            for place in stride(from: length - 1, through: 0, by: -1) { add(code >> place & 1, 1) }
        }

        mutating func takeWhole() -> [UInt8] {
            defer { bytes = [] }
            return bytes
        }
    }
}
