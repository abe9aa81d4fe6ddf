// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Rule {
    static let files = [
        Rule("no file is longer than three hundred lines") { house in
            let files = house.files()
            guard files.count > 100 else { return ["only \(files.count) files were found"] }
            return try files.filter { path in
                try house.text(path).split(separator: "\n", omittingEmptySubsequences: false).count > 301
            }
        },
        Rule("every file names its licence first") { house in
            try house.files().filter { path in
                // A manifest has to begin with its version.
                let isManifest = path.hasSuffix("/Package.swift")
                let text = try house.text(path)
                let start = isManifest ? text.drop { $0 != "\n" }.dropFirst() : Substring(text)
                return !start.hasPrefix("// SPDX-License-Identifier: Apache-2.0\n")
            }
        },
        Rule("no file is called after nothing") { house in
            let empty = ["Utils", "Utilities", "Helpers", "Common", "Manager", "Types", "Models"]
            return house.files().filter { path in
                empty.contains(URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent)
            }
        },
    ]
}
