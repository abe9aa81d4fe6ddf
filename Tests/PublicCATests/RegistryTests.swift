// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

struct RegistryTests {
    private func plugin(_ id: String, _ summary: String) -> ProviderPlugin {
        ProviderPlugin(id: id, summary: summary, settings: [], open: { _ in CancellingProvider() })
    }

    @Test func `plugins are found by id, in the order of ids`() throws {
        let registry = try ProviderRegistry([plugin("b", "B"), plugin("a", "A")])
        #expect(registry.plugins.map(\.id) == ["a", "b"])
        #expect(registry["b"]?.summary == "B")
        #expect(registry["c"] == nil)
    }

    @Test func `two plugins of one id are refused by both their names`() {
        let error = #expect(throws: DuplicateProvider.self) {
            try ProviderRegistry([plugin("a", "First CA"), plugin("b", "B"), plugin("a", "Second CA")])
        }
        #expect(error?.id == "a")
        #expect(Set(error?.summaries ?? []) == ["First CA", "Second CA"])
    }

    @Test func `a plugin says what its provider conforms to before an account is opened`() {
        #expect(plugin("a", "A").capabilities == [.cancelling])
    }
}
