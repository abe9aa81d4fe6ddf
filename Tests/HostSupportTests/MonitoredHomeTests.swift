// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleEngine
import LifecycleModel
import Monitoring
import Testing

@testable import HostSupport

/// How a home is put together with what tells of it.
struct MonitoredHomeTests {
    private func withHome(_ configuration: String = "", _ body: (Home, Composition) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("home-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let home = Home(path: folder.path)
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: home.configurationFile))
        try await body(home, Composition.open(home, providers: .builtin, environment: [:]))
    }

    private func problems(_ composition: Composition) async -> [String: String] {
        var problems: [String: String] = [:]
        for check in composition.healthChecks(patience: .seconds(60)) { problems[check.name] = await check.problem() }
        return problems
    }

    @Test func `nothing listens unless the configuration says where`() async throws {
        try await withHome { _, composition in
            #expect(composition.monitoringServer(version: "1", inventoryLimit: { nil }) == nil)
        }
        try await withHome("metrics: {port: 9}") { _, composition in
            #expect(composition.configuration.metrics == .init(address: "127.0.0.1", port: 9))
            #expect(composition.monitoringServer(version: "1", inventoryLimit: { nil }) != nil)
        }
    }

    @Test func `a home is ready when a pass has ended well`() async throws {
        try await withHome { _, composition in
            #expect(await problems(composition) == ["pass": "no pass has ended yet"])
            composition.monitor.passEnded(after: .seconds(1), well: true)
            #expect(await problems(composition).isEmpty)
        }
    }

    @Test func `a key that opens nothing here is told without a path`() async throws {
        try await withHome { _, composition in
            composition.monitor.passEnded(after: .seconds(1), well: true)
            var changes = ChangeSet()
            var sealed = try #require(try await composition.repository.memory(account: "", name: "master-key"))
            sealed.sealed = Data(sealed.sealed.reversed())
            changes.puts = [.memory(sealed)]
            try await composition.repository.commit(changes)
            #expect(await problems(composition) == ["key": "it does not open what was sealed here"])
        }
    }

    @Test func `what the engine does is counted`() async throws {
        try await withHome { _, composition in
            _ = try await composition.engine.ensureAccount("demo", provider: "mock")
            let order = try await composition.engine.order(
                OrderWish(account: "demo", profile: "Mock DV", commonName: "www.example.org"))
            _ = try await composition.engine.settle(.order(order.id), within: .seconds(60))
            let text = PrometheusText.write(composition.monitor.registry.families())
            #expect(text.contains(#"publicca_steps_total{kind="order",result="stepped",step="submit"} 1"#), "\(text)")
        }
    }
}
