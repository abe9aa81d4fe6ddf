// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A tree that the rules are about: this one, or a copy of it with something changed.
struct House: Sendable {
    let root: URL

    /// The tree that these tests lie in.
    static let ours = House(
        root: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent())

    static let folders = ["Sources", "Plugins", "Tests", "Integration", "docs"]

    /// Every file below these folders, by its path from the root; what is hidden, such as a build, is not looked at.
    func files(below folders: [String] = Self.folders, ending: String = ".swift") -> [String] {
        folders.flatMap { folder -> [String] in
            let base = root.appendingPathComponent(folder)
            let found = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
            return found.filter { $0.hasSuffix(ending) && !"/\($0)".contains("/.") }.map { "\(folder)/\($0)" }
        }.sorted()
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// The CAs, by the names of their folders.
    var pluginFolders: [String] { folders(in: "Plugins") }

    func folders(in folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
        let paths = found?.compactMap { $0 as? String } ?? []
        return paths.filter { !$0.contains("/") && !$0.hasPrefix(".") }.sorted()
    }

    /// The manifest's targets without the tests.
    func targets() throws -> Set<String> {
        let kinds = try text("Package.swift").matches(
            of: /\.(?:target|executableTarget|systemLibrary)\(\s*name: "([\w-]+)"/)
        return Set(kinds.map { String($0.output.1) } + pluginFolders.map { "\($0)Provider" })
    }

    /// The manifest's libraries, each plugin's among them.
    func products() throws -> Set<String> {
        let libraries = try text("Package.swift").matches(of: /library\(name: "(\w+)"/).map { String($0.output.1) }
        return Set(libraries + pluginFolders.map { "\($0)Provider" })
    }

    /// The modules that a file imports.
    func imports(of path: String) throws -> [String] { SourceText.imports(in: try text(path)) }
}
