// SPDX-License-Identifier: Apache-2.0

import Testing

/// How much of us there is to learn.
struct BudgetTests {
    private static let budgets: [String: Int] = [
        "PublicCA": 180, "LifecycleModel": 160, "LifecycleEngine": 60, "ProviderHTTP": 50, "CertificateMaterial": 40,
        "SQLiteRepository": 5, "MockProvider": 15, "HostSupport": 40, "CommandLineHost": 10, "PublicCATesting": 30,
        "LifecycleTesting": 10, "RepositoryTesting": 20, "SCMSimulator": 15,
    ]

    @Test(arguments: budgets.keys.sorted())
    func `a target's public surface stays within its budget`(_ target: String) throws {
        let budget = try #require(Self.budgets[target])
        let layer = try #require(Layer.all.first { $0.target == target })
        let surface = try PublicSurface(folder: layer.folder)
        let count = surface.count(without: Self.calls)
        #expect(count > 0)
        #expect(count <= budget, "\(count): \(surface.names.joined(separator: " "))")
    }

    @Test func `every product has a budget`() throws {
        let products = try House.text("Package.swift").matches(of: /library\(name: "(\w+)"/).map { String($0.output.1) }
        #expect(Set(products + House.pluginFolders.map { "\($0)Provider" }) == Set(Self.budgets.keys))
    }

    @Test func `a provider is six calls`() throws {
        let contract = PublicSurface(text: try House.text("Sources/PublicCA/PublicCAProvider.swift"))
        #expect(contract.types == ["PublicCAProvider"])
        #expect(contract.calls.count == 6)
    }

    @Test func `types, calls and functions are counted, members and what carries out a call are not`() {
        let surface = PublicSurface(
            text: """
                public protocol Asking: Sendable {
                    func ask() async
                    var name: String { get }
                }
                public struct Asker: Asking {
                    public enum Way { case this }
                    public var name: String
                    public init() {}
                    public func ask() async {}
                    public static func all() -> [Asker] { [] }
                    func hidden() {}
                }
                extension Asker {}
                public func free() {}
                """)
        #expect(surface.types == ["Asking", "Asker", "Way"])
        #expect(surface.calls == ["ask"])
        #expect(surface.count(without: ["ask"]) == 6)
        #expect(surface.count(without: []) == 7)
    }

    /// The calls of all our protocols.
    private static let calls: Set<String> = {
        do {
            return Set(try PublicSurface(folder: "Sources").calls)
        } catch {
            return []
        }
    }()
}
