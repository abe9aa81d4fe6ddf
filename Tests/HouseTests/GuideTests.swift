// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Testing

/// The guide for authors, followed word by word on a copy of the tree; nothing is built there.
struct GuideTests {
    private static let guide = "docs/AddAProvider.md"

    @Test func `a provider that was added by the guide keeps every rule`() async throws {
        try await withCopy { house in
            let guide = try Document(Self.guide, in: house)
            try await run(try #require(guide.blocks("").first), in: house)
            let count = house.files(below: ["Plugins/Acme"], ending: "").filter {
                $0.split(separator: "/").last?.contains(".") == true
            }.count
            #expect(guide.text.contains("copied and renamed by the commands above | \(count) |"), "\(count) files")
            // The folder alone is not enough.
            #expect(try !Rule.plugins.flatMap { try $0.violations(house) }.isEmpty)
            try applyEdits(of: guide, to: house)
            for rule in Rule.all {
                for violation in try rule.violations(house) { Issue.record("\(rule.sentence): \(violation)") }
            }
        }
    }

    /// The second step: a line for the manifest, and two lines for the list of plugins.
    private func applyEdits(of guide: Document, to house: House) throws {
        let blocks = guide.blocks("swift")
        let entry = try #require(blocks.first { $0.contains("(\"Acme\"") })
        try edit("Package.swift", in: house) { manifest in
            let list = try #require(manifest.firstMatch(of: /let providers: [^=]*= \[(?s).*?\n\]/)).range
            let end = manifest.index(list.upperBound, offsetBy: -2)
            let comma = manifest[..<end].hasSuffix(",") ? "" : ","
            manifest.insert(contentsOf: "\(comma)\n\(entry)", at: end)
        }
        let list = try #require(blocks.first { $0.hasPrefix("import AcmeProvider\n…\n") })
        let lines = list.split(separator: "\n").map(String.init)
        try edit("Sources/HostSupport/BuiltinProviders.swift", in: house) { source in
            let place = try #require(source.firstRange(of: "import ")).lowerBound
            source.insert(contentsOf: "\(lines[0])\n", at: place)
            let member = try #require(source.firstRange(of: /[ ]*public static var builtin.*/))
            source.replaceSubrange(member, with: lines[2])
        }
    }

    private func edit(_ path: String, in house: House, _ change: (inout String) throws -> Void) throws {
        var text = try house.text(path)
        try change(&text)
        try Data(text.utf8).write(to: house.root.appendingPathComponent(path))
    }

    private func run(_ commands: String, in house: House) async throws {
        #if os(macOS)
            let commands = commands.replacing("sed -i ", with: "sed -i '' ")
        #endif
        let ending = try await Program(
            "bash", ["-euo", "pipefail", "-c", commands], environment: ProcessInfo.processInfo.environment,
            folder: house.root.path, outputLimit: 10_000
        ).run()
        #expect(ending.status == 0, "\(String(decoding: ending.error, as: UTF8.self))")
    }

    /// All that is not hidden, and how to format it.
    private func withCopy(_ work: (House) async throws -> Void) async throws {
        let files = FileManager.default
        let root = files.temporaryDirectory.appendingPathComponent("house-\(UUID().uuidString)")
        try files.createDirectory(at: root, withIntermediateDirectories: true)
        defer { remove(root) }
        let top = try files.contentsOfDirectory(atPath: House.ours.root.path)
        for name in top where !name.hasPrefix(".") || name == ".swift-format" {
            try files.copyItem(at: House.ours.root.appendingPathComponent(name), to: root.appendingPathComponent(name))
        }
        try await work(House(root: root))
    }

    private func remove(_ folder: URL) {
        do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
    }
}
