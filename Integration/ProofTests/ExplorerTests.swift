// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Proof
import PublicCA
import Testing

/// Every point at which a host can be lost, and everything that can go wrong there.
struct ExplorerTests {
    @Test(arguments: Scenario.all)
    func `nothing is bought twice, lost or silent, whatever goes wrong where`(scenario: Scenario) async {
        let exploration = await Exploration.of(scenario)
        #expect(!exploration.points.isEmpty && exploration.lives > exploration.points.count)
        #expect(exploration.failures.map(\.description) == [])
    }

    @Test func `every step of the engine and every call of the contract is met at some point`() async {
        var points: [CrashPoint] = []
        for scenario in Scenario.all { points += await Exploration.points(of: scenario) }
        #expect(Coverage(points).missing == [])
    }

    @Test func `a step or a call that no scenario meets is found`() async throws {
        let order = try #require(Scenario.all.first { $0.name == "order" })
        let missing = Coverage(await Exploration.points(of: order)).missing
        #expect(missing.contains("step order cancel") && missing.contains("step channel look"))
        #expect(missing.contains("call renew") && !missing.contains("call place"))
    }

    /// A call with a default of its own would not be missed by the compiler.
    @Test func `the calls that are explored are those of the contract`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/PublicCA")
        var files = try FileManager.default.contentsOfDirectory(
            at: root.appending(path: "Capabilities"), includingPropertiesForKeys: nil)
        files.append(root.appending(path: "PublicCAProvider.swift"))
        var calls: Set<String> = []
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            for part in text.components(separatedBy: "public protocol ").dropFirst() {
                let body = part.prefix(upTo: part.firstRange(of: "\n}")?.lowerBound ?? part.endIndex)
                for call in body.components(separatedBy: "    func ").dropFirst() {
                    calls.insert(String(call.prefix { $0 != "(" }))
                }
            }
        }
        #expect(calls == Set(ProviderCall.allCases.map(\.rawValue)))
    }

    @Test func `the same point is met again`() async throws {
        let renewal = try #require(Scenario.all.first { $0.name == "auto-renew" })
        let points = await Exploration.points(of: renewal)
        #expect(await Exploration.points(of: renewal) == points)
        let last = try #require(points.last)
        let alone = await Exploration.of(renewal, point: last.number, mode: "answer-lost")
        #expect(alone.lives == 2 && alone.failures.isEmpty)
    }
}
