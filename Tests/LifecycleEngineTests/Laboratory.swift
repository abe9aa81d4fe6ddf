// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting

/// A mock CA, an engine over it, and the time of both.
struct Laboratory {
    let time = TestTime()
    let ca: MockCA
    let lab: EngineLab
    var engine: LifecycleEngine { lab.engine }
    var repository: MemoryRepository { lab.repository }

    init(existing: Bool = false, issueAfter: Int? = nil, options: EngineOptions = EngineOptions(worker: "one"))
        async throws
    {
        ca = MockCA(now: time.now, issueAfter: issueAfter, hasExistingOrders: existing)
        lab = try await .init(ca: ca, time: time, options: options, repository: nil)
    }

    /// A second host over the same repository.
    func rival(_ worker: String = "two") async throws -> LifecycleEngine {
        try await EngineLab(ca: ca, time: time, options: EngineOptions(worker: worker), repository: repository).engine
    }

    static func wish(_ name: String = "www.example.org", profile: String = "Mock DV") -> OrderWish {
        var wish = OrderWish(account: "test", profile: profile, commonName: name)
        wish.keyAlgorithm = .ecP256
        return wish
    }

    /// Does what is due, and moves time to the next due step, until the order rests.
    @discardableResult
    func run(_ order: Order, with engine: LifecycleEngine? = nil, steps: Int = 60) async throws -> Order {
        let engine = engine ?? self.engine
        for _ in 0..<steps {
            try await engine.pass(.order(order.id))
            guard let item = try await repository.work(.order(order.id), task: WorkItem.life) else { break }
            if try await repository.account("test")?.isPaused == true { break }
            let wait = max(item.due, item.lease?.until ?? item.due).timeIntervalSince(time.now())
            time.advance(by: .milliseconds(Int64(max(0, wait) * 1000) + 1))
        }
        return try await stored(order.id)
    }

    func stored(_ id: OrderID) async throws -> Order {
        guard let order = try await repository.order(id) else { throw LifecycleError(.notFound, "\(id)") }
        return order
    }

    func certificate(of order: Order) async throws -> IssuedCertificate {
        guard let id = order.certificate, let certificate = try await repository.certificate(id) else {
            throw LifecycleError(.notFound, "no certificate of \(order.id): \(order.problem ?? order.phase.rawValue)")
        }
        return certificate
    }

    /// A certificate that is there.
    func issued(_ name: String = "www.example.org") async throws -> IssuedCertificate {
        try await certificate(of: run(engine.order(Self.wish(name))))
    }
}

extension EngineLab {
    init(ca: MockCA, time: TestTime, options: EngineOptions, repository: MemoryRepository?) async throws {
        self = try await LifecycleEngine.testing(
            provider: ca.provider, time: time, options: options, repository: repository)
    }
}
