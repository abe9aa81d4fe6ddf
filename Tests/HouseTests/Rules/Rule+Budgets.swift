// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// How much of us there is to learn.
    static let budgets = [
        Rule("a target's public surface stays within its budget") { house in
            let protocols = try PublicSurface(folder: "Sources", in: house)
            return try house.products().sorted().flatMap { target -> [String] in
                guard let budget = budget(of: target, in: house) else { return ["\(target) has no budget"] }
                guard let layer = try Layer.all(of: house).first(where: { $0.target == target }) else {
                    return ["\(target) is not in the map"]
                }
                let surface = try PublicSurface(folder: layer.folder(in: house), in: house)
                let names = surface.names(knowing: protocols)
                guard names.count > budget else { return [] }
                return ["\(target) has \(names.count) of \(budget): \(names.joined(separator: " "))"]
            }
        },
        Rule("every budget is a product's") { house in
            try Set(amounts.keys).subtracting(house.products()).sorted()
        },
        Rule("a provider is six calls") { house in
            let contract = PublicSurface(text: try house.text("Sources/PublicCA/PublicCAProvider.swift"))
            let calls = contract.calls["PublicCAProvider"] ?? []
            return contract.types == ["PublicCAProvider"] && calls.count == 6 ? [] : contract.types + calls
        },
    ]

    private static let amounts = [
        "PublicCA": 180, "LifecycleModel": 280, "LifecycleEngine": 100, "ProviderHTTP": 50, "CertificateMaterial": 40,
        "SQLiteRepository": 5, "MockProvider": 15, "SCMSimulator": 15, "HostSupport": 60, "CommandLineHost": 10,
        "PublicCATesting": 30,
        "LifecycleTesting": 10, "RepositoryTesting": 20,
    ]

    /// A plugin shows its entry in the registry and little else.
    private static func budget(of target: String, in house: House) -> Int? {
        amounts[target] ?? (house.pluginFolders.contains { "\($0)Provider" == target } ? 5 : nil)
    }
}
