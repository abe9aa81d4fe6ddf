// SPDX-License-Identifier: Apache-2.0

import Testing

/// A CA is a folder, and the folder's name is its name everywhere.
struct PluginTests {
    @Test func `every folder under Plugins is in the manifest, and nothing else is`() throws {
        let manifest = try House.text("Package.swift")
        let list = try #require(manifest.firstMatch(of: /let providers: [^=]*= \[((?s).*?)\n\]/)).output.1
        let declared = list.matches(of: /\("(\w+)", \[/).map { String($0.output.1) }
        #expect(!declared.isEmpty)
        #expect(Set(declared) == Set(House.pluginFolders))
    }

    @Test(arguments: House.pluginFolders)
    func `a plugin is built in under its folder's name`(_ folder: String) throws {
        let list = try House.text("Sources/HostSupport/BuiltinProviders.swift")
        #expect(list.contains("import \(folder)Provider\n"))
        #expect(list.contains(".\(folder.lowercased())"))
        let sources = try House.files(below: ["Plugins/\(folder)/Sources"]).map { try House.text($0) }.joined()
        #expect(sources.contains("id: \"\(folder.lowercased())\""))
        #expect(sources.contains("public static let \(folder.lowercased()) = ProviderPlugin("))
    }

    @Test(arguments: House.pluginFolders)
    func `a plugin tells its rights and quirks, and is tested`(_ folder: String) throws {
        #expect(try House.text("Plugins/\(folder)/README.md").count > 500)
        #expect(!House.files(below: ["Plugins/\(folder)/Tests"]).isEmpty)
    }
}
