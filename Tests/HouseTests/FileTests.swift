// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct FileTests {
    @Test func `no file is longer than three hundred lines`() throws {
        let files = House.files()
        #expect(files.count > 100)
        for path in files {
            let lines = try House.text(path).split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 301, "\(path)")
        }
    }

    @Test func `every file names its licence first`() throws {
        for path in House.files() {
            // A manifest has to begin with its version.
            let isManifest = path.hasSuffix("/Package.swift")
            let text = try House.text(path)
            let start = isManifest ? text.drop { $0 != "\n" }.dropFirst() : Substring(text)
            #expect(start.hasPrefix("// SPDX-License-Identifier: Apache-2.0\n"), "\(path)")
        }
    }

    @Test func `no file is called after nothing`() {
        let empty = ["Utils", "Utilities", "Helpers", "Common", "Manager", "Types", "Models"]
        for path in House.files() {
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            #expect(!empty.contains(name), "\(path)")
        }
    }
}
