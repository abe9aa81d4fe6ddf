// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What each target may import: the layers of the README's drawing.
struct LayerTests {
    private static let system: Set<String> = ["FoundationEssentials", "Synchronization", "Glibc", "Musl", "Darwin"]

    private static let allowed: [String: Set<String>] = [
        "PublicCA": ["HTTPTypes"],
        "ProviderHTTP": ["PublicCA", "HTTPTypes"],
        "PublicCATesting": ["PublicCA", "HTTPTypes"],
        "LifecycleModel": ["PublicCA"],
        "LifecycleEngine": ["LifecycleModel", "PublicCA"],
        "RepositoryTesting": ["LifecycleModel", "PublicCA"],
        "SQLiteRepository": ["LifecycleModel", "PublicCA", "GRDB"],
        "CertificateMaterial": [
            "PublicCA", "LifecycleModel", "X509", "SwiftASN1", "Crypto", "_CryptoExtras", "COpenSSL", "CIDN2",
        ],
        "LifecycleTesting": [
            "LifecycleEngine", "LifecycleModel", "CertificateMaterial", "RepositoryTesting", "PublicCATesting",
            "PublicCA",
        ],
    ]

    @Test(arguments: allowed.keys.sorted())
    func `a target imports only what its layer allows`(_ target: String) throws {
        let allowed = try #require(Self.allowed[target]).union(Self.system)
        let files = House.files(below: ["Sources/\(target)"])
        #expect(!files.isEmpty)
        for path in files {
            let foreign = Set(try House.imports(of: path)).subtracting(allowed)
            #expect(foreign.isEmpty, "\(path) imports \(foreign.sorted())")
        }
    }

    @Test func `a plugin knows the contract and nothing above it`() throws {
        let ours: Set<String> = [
            "LifecycleModel", "LifecycleEngine", "SQLiteRepository", "HostSupport", "CommandLineHost",
            "RepositoryTesting",
        ]
        for path in House.files(below: ["Plugins", "docs/Template"]) where path.contains("/Sources/") {
            #expect(Set(try House.imports(of: path)).isDisjoint(with: ours), "\(path)")
        }
    }

    @Test func `every folder under Plugins is in the manifest and in the list of providers`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: House.root.appendingPathComponent("Plugins").path)
        #expect(!folders.isEmpty)
        let manifest = try House.text("Package.swift")
        let list = try House.text("Sources/HostSupport/BuiltinProviders.swift")
        for folder in folders {
            #expect(manifest.contains("(\"\(folder)\", "), "\(folder)")
            #expect(list.contains("import \(folder)Provider") && list.contains(".\(folder.lowercased())"), "\(folder)")
        }
    }
}
