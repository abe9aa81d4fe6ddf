// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// What is done while nobody knows whether the CA has an order: look, and look again, and never just buy.
struct DoubtTests {
    @Test func `a person's retry looks before it buys`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.stuck) { $0.attempts = 1 }
        lab.ca.set { $0.locate = [.success(.found(OrderReference("7")))] }
        _ = try await lab.engine.resolve(order.id, as: .retry)
        try await lab.engine.pass(.order(order.id))
        #expect(!lab.ca.calls.contains("place"))
        #expect(try await lab.current(order).reference == OrderReference("7"))
    }

    @Test func `a retry sends what is not there, and what cannot be looked for`() async throws {
        for canLocate in [true, false] {
            let lab = try await ScriptedLab()
            lab.ca.set {
                $0.canLocate = canLocate
                $0.place = [.success(OrderReference("7"))]
                $0.order = { _ in .success(.scripted(.processing)) }
            }
            let order = try await lab.seed(.stuck) { $0.attempts = 1 }
            _ = try await lab.engine.resolve(order.id, as: .retry)
            try await lab.engine.pass(.order(order.id))
            #expect(lab.ca.calls.filter { $0 != "order" } == (canLocate ? ["locate", "place"] : ["place"]))
        }
    }

    @Test func `the provider's own settle time counts where it is longer`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.set { $0.settleTime = .seconds(900) }
        let order = try await lab.seed(.drafted, .submit)
        let start = lab.time.now()
        while lab.ca.calls.count(where: { $0 == "place" }) < 2 { _ = try await lab.run(order, passes: 1) }
        #expect(lab.time.now().timeIntervalSince(start) >= 900)
    }

    @Test func `what the CA may act on late has its time to appear after that`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.drafted, .submit)
        lab.ca.set { [time = lab.time] script in
            script.whilePlacing = {
                await time.untilSleeping()
                time.advance(by: .seconds(61))
                while !Task.isCancelled { await Task.yield() }
            }
        }
        try await lab.engine.pass(.order(order.id))
        lab.ca.set { $0.whilePlacing = {} }
        let givenUp = lab.time.now()
        while lab.ca.calls.count(where: { $0 == "place" }) < 2 { _ = try await lab.run(order, passes: 1) }
        #expect(lab.time.now().timeIntervalSince(givenUp) >= 15 * 60 + 60)
    }

    @Test func `a slow lookup that began too early is not believed`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.drafted, .submit)
        try await lab.engine.pass(.order(order.id))
        lab.ca.set { [time = lab.time] in $0.whileLocating = { time.advance(by: .seconds(59)) } }
        lab.time.advance(by: .seconds(2))
        try await lab.engine.pass(.order(order.id))
        #expect(lab.ca.calls == ["place", "locate"] || lab.ca.calls == ["place", "locate", "locate", "place"])
        #expect(lab.ca.calls.prefix(3) != ["place", "locate", "place"])
    }

    @Test func `a caller's key is looked for first, whatever is known of the account`() async throws {
        let lab = try await ScriptedLab()
        var account = try #require(try await lab.repository.account("main"))
        account.capabilities = []
        var changes = ChangeSet()
        changes.puts = [.account(account)]
        try await lab.repository.commit(changes)
        var wish = OrderWish(account: "main", profile: "DV", commonName: "www.example.org")
        wish.callerKey = "deploy-7"
        let order = try await lab.engine.order(wish)
        try await lab.engine.pass(.order(order.id))
        #expect(lab.ca.calls.first == "locate")
    }

    @Test func `without a lookup a lost answer is a person's matter`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.set { $0.canLocate = false }
        let order = try await lab.run(lab.seed(.drafted, .submit), passes: 3)
        #expect(order.phase == .stuck)
        #expect(lab.ca.calls == ["place"])
    }

    @Test func `undecided never buys, and is adopted once it can be told`() async throws {
        let lab = try await ScriptedLab()
        let candidates = [OrderReference("7"), OrderReference("8")]
        lab.ca.set {
            $0.locate = [
                .success(.undecided(candidates)), .failure(.busy), .success(.undecided(candidates)),
                .success(.found(candidates[1])),
            ]
            $0.order = { _ in .success(.scripted(.processing)) }
        }
        let order = try await lab.run(lab.seed(.drafted, .submit), passes: 5)
        #expect(order.phase == .placed && order.reference == candidates[1])
        #expect(lab.ca.calls.count { $0 == "place" } == 1)
    }

    @Test func `what a lookup cannot tell apart is told apart by its key`() async throws {
        let lab = try await ScriptedLab()
        let candidates = ["7", "8", "9"].map { OrderReference($0) }
        lab.ca.set {
            $0.locate = [.success(.undecided(candidates))]
            $0.order = { reference in
                .success(
                    .scripted(reference.rawValue == "7" ? .processing : .issued(CertificateReference("\(reference)"))))
            }
            $0.certificate = { .success(.scripted("www.example.org \($0)")) }
        }
        let order = try await lab.run(
            lab.seed(.drafted, .submit) { $0.publicKey = PublicKeyDigest("key of www.example.org 9") }, passes: 2)
        #expect(order.reference == candidates[2])
        #expect(lab.ca.calls.count { $0 == "place" } == 1)
    }

    @Test func `candidates for other keys are not ours, and those without a certificate may be`() async throws {
        let lab = try await ScriptedLab()
        let candidates = ["7", "8"].map { OrderReference($0) }
        lab.ca.set {
            $0.locate = [.success(.undecided(candidates))]
            $0.order = { reference in
                .success(
                    .scripted(reference.rawValue == "7" ? .processing : .issued(CertificateReference("\(reference)"))))
            }
            $0.certificate = { .success(.scripted("www.example.org \($0)")) }
        }
        let order = try await lab.run(
            lab.seed(.drafted, .submit) { $0.publicKey = PublicKeyDigest("key 1") }, passes: 2)
        #expect(order.phase == .submitting && order.candidates == [candidates[0]])
    }

    @Test func `a renewal with the same key is not taken for what it renews`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        _ = try await lab.imported()
        let former = try #require(try await lab.certificates().first)
        lab.ca.set { $0.locate = Array(repeating: .success(.undecided([OrderReference("1")])), count: 3) }
        let order = try await lab.seed(.drafted, .submit, kind: .renewal) { order in
            order.publicKey = former.facts.publicKey
            order.predecessor = former.id
            order.predecessorAtCA = Predecessor(
                order: OrderReference("1"), certificate: former.reference, serialNumber: former.facts.serialNumber,
                leaf: former.chain)
        }
        let current = try await lab.run(order, passes: 3)
        #expect(current.phase == .submitting && current.reference == nil)
        #expect(try await lab.repository.order(account: "main", reference: OrderReference("1")) != nil)
        #expect(try await lab.certificates().count == 1)
    }

    @Test func `a signing request is handed in no more often than an order is sent`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.set { $0.order = { _ in .success(.scripted(.readyToFinalize)) } }
        let order = try await lab.run(lab.seed(.placed, .poll, reference: "7"), passes: 50)
        #expect(order.phase == .stuck)
        #expect(lab.ca.calls.count { $0 == "finalize" } == 3)
    }
}
