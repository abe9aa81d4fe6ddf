// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import Testing

struct PEMTextTests {
    @Test(arguments: [1, 47, 48, 49, 96, 1000])
    func `what is written is read again`(count: Int) throws {
        let bytes = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        let text = PEMText.text("CERTIFICATE", bytes)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 64 })
        let blocks = try PEMText.blocks(in: Data(text.utf8))
        #expect(blocks.map(\.label) == ["CERTIFICATE"])
        #expect(blocks.map(\.der) == [bytes])
    }

    @Test func `several blocks are read in their order`() throws {
        let text = "subject=one\n" + PEMText.text("A", Data([1])) + "\n\nissuer=two\n" + PEMText.text("B", Data([2]))
        let blocks = try PEMText.blocks(in: Data(text.utf8))
        #expect(blocks.map(\.label) == ["A", "B"])
        #expect(blocks.map(\.der) == [Data([1]), Data([2])])
        #expect(try PEMText.blocks(in: Data("no block at all".utf8)).isEmpty)
    }

    @Test(arguments: [
        ("-----BEGIN A-----\nAQ==\n", "does not end"),
        ("-----BEGIN A-----\nAQ==\n-----END B-----\n", "did not begin"),
        ("-----END A-----\n", "did not begin"),
        ("-----BEGIN A-----\n-----BEGIN A-----\nAQ==\n-----END A-----\n", "inside another"),
        ("-----BEGIN A-----\n-----END A-----\n", "base64"),
        ("-----BEGIN A-----\nAQ=\n-----END A-----\n", "base64"),
    ])
    func `a damaged text is refused`(text: String, reason: String) {
        let error = #expect(throws: MaterialError.self) { try PEMText.blocks(in: Data(text.utf8)) }
        #expect(error?.description.contains(reason) == true)
    }
}
