// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import HostSupport
import LifecycleEngine
import MockProvider
import Shop
import Synchronization
import Testing

/// Everything real but the CA.
struct ComposingTests {
    @Test func `an order survives the program in its file, and its key opens with the same master key`() async throws {
        try await inFolder { folder in
            let (ca, key) = (MockCA(), MasterKey())
            let steps = Mutex(0)
            func open() async throws -> CertificateDesk {
                try await CertificateDesk.open(
                    database: "\(folder)/shop.sqlite", masterKey: key, ca: ca.provider, profile: "Mock DV",
                    events: { _ in steps.withLock { $0 += 1 } })
            }
            let order = try await open().order("example.org", for: "4711")
            let later = try await open()
            #expect(try await later.finish(order))
            #expect(try await later.delivery(of: order) != nil)
            #expect(ca.placedOrders.count == 1)
            #expect(steps.withLock { $0 } >= 2)
        }
    }

    @Test func `a shop works on the home that the command line keeps`() async throws {
        try await inFolder { folder in
            let host = try await Composition.open(Home(path: folder), providers: [.mock])
            _ = try await host.engine.ensureAccount("demo", provider: "mock")

            let desk = try await CertificateDesk.open(home: folder, account: "demo", profile: "Mock DV")
            let order = try await desk.order("example.org", for: "4711")
            #expect(try await desk.finish(order))
            #expect(try await desk.news(of: order) == "your certificate is there")
        }
    }

    @Test func `a service stops when its task is cancelled`() async throws {
        try await inFolder { folder in
            let desk = try await CertificateDesk.open(
                database: "\(folder)/shop.sqlite", masterKey: MasterKey(), ca: MockCA().provider, profile: "Mock DV")
            let service = Task { try await desk.work(every: .seconds(3600)) }
            service.cancel()
            try await service.value
        }
    }

    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try await body(folder.path)
    }
}
