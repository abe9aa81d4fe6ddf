// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// The layers of README's drawing: who may import whom.
    static let layers = [
        Rule("a target imports only what the map allows") { house in
            try Layer.all(of: house).flatMap { layer -> [String] in
                let files = house.files(below: [layer.folder(in: house)])
                if ["COpenSSL", "CIDN2"].contains(layer.target) { return files.map { "\($0) is not C" } }
                guard !files.isEmpty else { return ["\(layer.target) has no sources"] }
                return try foreignImports(of: files, besides: layer.imports, in: house)
            }
        },
        Rule("the map names every target of the manifest and no other") { house in
            let rows = Set(Layer.rows(of: try house.text("docs/Map.md")).map(\.target)).subtracting([Layer.everyPlugin])
            let declared = try house.targets()
            guard declared.count > 10 else { return ["the manifest cannot be read"] }
            // A plugin needs a row only for what it imports beyond the usual.
            let plugins = Set(house.pluginFolders.map { "\($0)Provider" })
            return rows.subtracting(declared).map { "\($0) is in the map alone" }
                + declared.subtracting(rows).subtracting(plugins).map { "\($0) is missing in the map" }
        },
        Rule("every folder of sources is a target") { house in
            let targets = Set(try Layer.all(of: house).map(\.target))
            return house.folders(in: "Sources").filter { !targets.contains($0) }
        },
        Rule("the contract stays light and rules stay pure") { house in
            let light: [String: Set<String>] = [
                "PublicCA": ["HTTPTypes"], "LifecycleModel": ["PublicCA"],
                "LifecycleEngine": ["LifecycleModel", "PublicCA"],
                "SQLiteRepository": ["LifecycleModel", "PublicCA", "GRDB"],
            ]
            let layers = try Layer.all(of: house)
            return light.keys.sorted().filter { target in
                layers.first { $0.target == target }?.imports != light[target]
            }
        },
        Rule("a plugin knows the contract and nothing above it") { house in
            let ours = Set(try Layer.all(of: house).map(\.target)).subtracting(["PublicCA", "ProviderHTTP"])
            return try house.files(below: ["Plugins", "docs/Template"]).filter { $0.contains("/Sources/") }
                .filter { !ours.isDisjoint(with: try house.imports(of: $0)) }
        },
        Rule("somebody else's package imports products") { house in
            let others: Set<String> = ["Foundation", "Testing", "PackageDescription", "Shop"]
            return try foreignImports(
                of: house.files(below: ["Integration/Embedding"]), besides: house.products().union(others), in: house)
        },
    ]

    private static let system: Set<String> = ["FoundationEssentials", "Synchronization", "Glibc", "Musl", "Darwin"]

    private static func foreignImports(
        of files: [String], besides allowed: Set<String>, in house: House
    ) throws -> [String] {
        try files.flatMap { path in
            Set(try house.imports(of: path)).subtracting(allowed).subtracting(system).sorted()
                .map { "\(path) imports \($0)" }
        }
    }
}
