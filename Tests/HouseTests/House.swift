// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The tree that the rules are about.
enum House {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every file below these folders, by its path from the root; what is hidden, such as a build, is not looked at.
    static func files(
        below folders: [String] = ["Sources", "Plugins", "Tests", "Integration", "docs"], ending: String = ".swift"
    ) -> [String] {
        folders.flatMap { folder -> [String] in
            let base = root.appendingPathComponent(folder)
            let found = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
            return found.filter { $0.hasSuffix(ending) && !"/\($0)".contains("/.") }.map { "\(folder)/\($0)" }
        }.sorted()
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The CAs, by the names of their folders.
    static let pluginFolders: [String] = {
        let found = FileManager.default.enumerator(atPath: root.appendingPathComponent("Plugins").path)
        let paths = found?.compactMap { $0 as? String } ?? []
        return paths.filter { !$0.contains("/") && !$0.hasPrefix(".") }.sorted()
    }()

    /// The manifest's targets without the tests.
    static func targets() throws -> Set<String> {
        let kinds = try text("Package.swift").matches(
            of: /\.(?:target|executableTarget|systemLibrary)\(\s*name: "([\w-]+)"/)
        return Set(kinds.map { String($0.output.1) } + pluginFolders.map { "\($0)Provider" })
    }

    /// The modules that a file imports, whatever attributes and access levels stand before.
    static func imports(of path: String) throws -> [String] { imports(in: try text(path)) }

    static func imports(in text: String) -> [String] {
        let form = /^ *(?:@[A-Za-z_]+ |public |package |internal )*import (?:struct |enum |func )?([A-Za-z_0-9]+)/
        return lines(of: text, with: "import ").compactMap { $0.firstMatch(of: form).map { String($0.output.1) } }
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
}
