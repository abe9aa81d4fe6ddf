// SPDX-License-Identifier: Apache-2.0

import Testing

struct LayerTests {
    @Test func `an import is seen whatever stands before it`() {
        let text = """
            import A
            public import B
            @_exported public import C
                import D
            import struct E.F
            // import G
            private import H
            fileprivate import I
            @_spi(Extra) @testable import J
            \timport K
            import  class L.M
            let important = 1
            """
        #expect(SourceText.imports(in: text) == ["A", "B", "C", "D", "E", "H", "I", "J", "K", "L"])
    }

    @Test func `a row of the map is read whole`() {
        let map =
            "x\n| target | what it is | imports |\n|---|---|---|\n| `A` | a `b` | `C`, `D` |\n| `E` | f | |\n\n| `G` |"
        let rows = Layer.rows(of: map)
        #expect(rows.map(\.target) == ["A", "E"])
        #expect(rows.map(\.imports) == [["C", "D"], []])
    }

    @Test func `every plugin has the usual imports, and those of its own row`() throws {
        let layers = try Layer.all(of: .ours)
        let usual: Set = ["PublicCA", "ProviderHTTP", "HTTPTypes"]
        for folder in House.ours.pluginFolders {
            #expect(layers.first { $0.target == "\(folder)Provider" }?.imports.isSuperset(of: usual) == true)
            #expect(layers.first { $0.target == "HostSupport" }?.imports.contains("\(folder)Provider") == true)
        }
        #expect(layers.first { $0.target == "MockProvider" }?.imports.contains("X509") == true)
        #expect(!layers.contains { $0.imports.contains(Layer.everyPlugin) || $0.target == Layer.everyPlugin })
    }
}
