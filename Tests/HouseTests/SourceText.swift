// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Swift as text, read as far as the rules need it.
enum SourceText {
    /// The modules that are imported, whatever attributes and access levels stand before.
    static func imports(in text: String) -> [String] {
        let form =
            /^[ \t]*(?:(?:@\w+(?:\([^)]*\))?|public|package|internal|fileprivate|private)[ \t]+)*import[ \t]+(?:(?:struct|enum|class|protocol|typealias|func|let|var)[ \t]+)?(\w+)/
        return lines(of: text, with: "import").compactMap { $0.firstMatch(of: form).map { String($0.output.1) } }
    }

    /// The lines in which something stands. Compared as bytes: the sources are large, and tests are not optimised.
    static func lines(of text: String, with part: String) -> [String] {
        let (bytes, part, newline) = (Data(text.utf8), Data(part.utf8), UInt8(ascii: "\n"))
        var lines: [String] = []
        var rest = bytes[...]
        while let found = rest.range(of: part) {
            let start = rest[..<found.lowerBound].lastIndex(of: newline).map { $0 + 1 } ?? rest.startIndex
            let end = rest[found.upperBound...].firstIndex(of: newline) ?? rest.endIndex
            lines.append(String(decoding: rest[start..<end], as: UTF8.self))
            rest = rest[end...]
        }
        return lines
    }

    /// What of a line is code: neither in quotation marks nor behind the slashes of a comment.
    static func code(of line: String) -> Substring {
        let bare = line.replacing(/"(?:[^"\\]|\\.)*"/, with: "")
        return bare.firstRange(of: "//").map { bare[..<$0.lowerBound] } ?? bare[...]
    }
}
