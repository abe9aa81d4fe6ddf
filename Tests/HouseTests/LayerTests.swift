// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The layers of README's drawing: who may import whom.
struct LayerTests {
    private static let system: Set<String> = ["FoundationEssentials", "Synchronization", "Glibc", "Musl", "Darwin"]

    @Test(arguments: Layer.all)
    func `a target imports only what the map allows`(_ layer: Layer) throws {
        let files = House.files(below: [layer.folder])
        if ["COpenSSL", "CIDN2"].contains(layer.target) { return #expect(files.isEmpty) }
        #expect(!files.isEmpty)
        for path in files {
            let foreign = Set(try House.imports(of: path)).subtracting(layer.imports).subtracting(Self.system)
            #expect(foreign.isEmpty, "\(path) imports \(foreign.sorted())")
        }
    }

    @Test func `the map names every target of the manifest and no other`() throws {
        let mapped = Set(Layer.all.map(\.target))
        let declared = try House.targets()
        #expect(declared.count > 10)
        #expect(mapped == declared, "\(mapped.symmetricDifference(declared).sorted())")
    }

    @Test func `every folder of sources is a target`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: House.root.appendingPathComponent("Sources").path)
        #expect(Set(folders).isSubset(of: Set(Layer.all.map(\.target))))
    }

    @Test func `the contract stays light and rules stay pure`() throws {
        func imports(_ target: String) throws -> Set<String> {
            try #require(Layer.all.first { $0.target == target }).imports
        }
        #expect(try imports("PublicCA") == ["HTTPTypes"])
        #expect(try imports("LifecycleModel") == ["PublicCA"])
        #expect(try imports("LifecycleEngine") == ["LifecycleModel", "PublicCA"])
        #expect(try imports("SQLiteRepository") == ["LifecycleModel", "PublicCA", "GRDB"])
    }

    @Test func `a plugin knows the contract and nothing above it`() throws {
        let ours = Set(Layer.all.map(\.target)).subtracting(["PublicCA", "ProviderHTTP"])
        for path in House.files(below: ["Plugins", "docs/Template"]) where path.contains("/Sources/") {
            #expect(Set(try House.imports(of: path)).isDisjoint(with: ours), "\(path)")
        }
    }

    @Test func `somebody else's package imports products`() throws {
        let products = Set(
            try House.text("Package.swift").matches(of: /library\(name: "(\w+)"/).map { "\($0.output.1)" }
        )
        .union(House.pluginFolders.map { "\($0)Provider" })
        let others: Set<String> = ["Foundation", "Testing", "PackageDescription", "Shop"]
        for path in House.files(below: ["Integration/Embedding"]) {
            let foreign = Set(try House.imports(of: path)).subtracting(products.union(Self.system).union(others))
            #expect(foreign.isEmpty, "\(path) imports \(foreign.sorted())")
        }
    }

    @Test func `an import is seen whatever stands before it`() {
        let text =
            "import A\npublic import B\n@_exported public import C\n    import D\nimport struct E.F\n// import G\n"
        #expect(House.imports(in: text) == ["A", "B", "C", "D", "E"])
    }

    @Test func `a row of the map is read whole`() {
        let map =
            "x\n| target | what it is | imports |\n|---|---|---|\n| `A` | a `b` | `C`, `D` |\n| `E` | f | |\n\n| `G` |"
        let rows = Layer.rows(of: map)
        #expect(rows.map(\.target) == ["A", "E"])
        #expect(rows.map(\.imports) == [["C", "D"], []])
    }
}
