// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA

/// Names as people type them.
extension FuzzTarget {
    /// A name, and perhaps a domain that a CA lists.
    static let name = FuzzTarget("name", longest: 512) { bytes in
        var input = Input(bytes)
        let reader = X509Reader()
        let (text, listed) = (input.text(), input.text())
        guard let name = try refusable({ () throws(MaterialError) in try reader.name(text) }) else { return }
        try Names.check(name, reader)
        let domain = try refusable { () throws(MaterialError) in try reader.name(listed) }
        if let domain { try Names.check(name, under: domain) }
    }

    /// A pattern and a name, against another way of telling whether they match.
    static let pattern = FuzzTarget("pattern", longest: 128) { bytes in
        var input = Input(bytes)
        let pattern = NamePattern(input.text())
        let name = input.text()
        let expected = pattern.isLiteral ? name.lowercased() == pattern.text : matches(name.lowercased(), pattern.text)
        try expect(pattern.matches(name) == expected, "\(pattern.text.debugDescription), \(name.debugDescription)")
        try expect(pattern.matches(name.lowercased()) == expected, "case matters to \(pattern.text.debugDescription)")
    }

    /// Character by character: which beginnings of the pattern match what was read so far.
    private static func matches(_ name: String, _ pattern: String) -> Bool {
        let pattern = Array(pattern)
        var open = Set([0])
        func spread() {
            for place in pattern.indices where open.contains(place) && pattern[place] == "*" { open.insert(place + 1) }
        }
        spread()
        for character in name {
            open = Set(
                open.flatMap { place -> [Int] in
                    guard place < pattern.count else { return [] }
                    if pattern[place] == "*" { return [place] }
                    return pattern[place] == character ? [place + 1] : []
                })
            spread()
        }
        return open.contains(pattern.count)
    }
}
