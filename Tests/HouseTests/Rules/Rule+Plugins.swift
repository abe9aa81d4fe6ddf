// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// A CA is a folder, and the folder's name is its name everywhere.
    static let plugins = [
        Rule("every folder under Plugins is in the manifest, and nothing else is") { house in
            let manifest = try house.text("Package.swift")
            guard let list = manifest.firstMatch(of: /let providers: [^=]*= \[((?s).*?)\n\]/)?.output.1 else {
                return ["the manifest has no list of providers"]
            }
            let declared = Set(list.matches(of: /\("(\w+)", \[/).map { String($0.output.1) })
            return declared.symmetricDifference(house.pluginFolders).sorted()
        },
        Rule("a plugin is built in under its folder's name") { house in
            let list = try house.text("Sources/HostSupport/BuiltinProviders.swift")
            return try house.pluginFolders.flatMap { folder -> [String] in
                let sources = try house.files(below: ["Plugins/\(folder)/Sources"]).map(house.text).joined()
                let name = folder.lowercased()
                let wanted = [
                    (list, "import \(folder)Provider\n"), (list, ".\(name)"), (sources, "id: \"\(name)\""),
                    (sources, "public static let \(name) = ProviderPlugin("),
                ]
                return wanted.filter { !$0.0.contains($0.1) }.map { "\(folder) lacks \($0.1)" }
            }
        },
        Rule("a plugin tells its rights and quirks, and is tested") { house in
            try house.pluginFolders.filter { folder in
                try house.text("Plugins/\(folder)/README.md").count <= 500
                    || house.files(below: ["Plugins/\(folder)/Tests"]).isEmpty
            }
        },
    ]
}
