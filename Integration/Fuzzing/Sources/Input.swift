// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Bytes taken apart into what a target is told. Whatever the bytes are, there is something in them.
struct Input {
    /// Stands between parts: a character that no text needs, and that an editor shows.
    static let separator: UInt8 = 0x1e

    private var rest: Data.SubSequence

    init(_ bytes: Data) { rest = bytes[...] }

    /// The next byte; zero at the end.
    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// Up to the next separator; empty at the end.
    mutating func part() -> Data {
        let end = rest.firstIndex(of: Self.separator) ?? rest.endIndex
        defer { rest = rest[end...].dropFirst() }
        return Data(rest[..<end])
    }

    mutating func text() -> String { String(decoding: part(), as: UTF8.self) }

    /// All that is left.
    mutating func remainder() -> Data {
        defer { rest = rest[rest.endIndex...] }
        return Data(rest)
    }

    /// All parts that are left.
    mutating func parts() -> [Data] {
        var parts: [Data] = []
        while !rest.isEmpty { parts.append(part()) }
        return parts
    }
}
