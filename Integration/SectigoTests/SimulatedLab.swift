// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import PublicCA
import PublicCATesting
import RepositoryTesting
import SCMSimulator

/// An engine over the provider and a simulated SCM, and the time of all three.
struct SimulatedLab {
    let account: SimulatedAccount
    let lab: EngineLab
    let time: TestTime

    var engine: LifecycleEngine { lab.engine }
    var simulator: SCMSimulator { account.simulator }

    /// Runs with a simulator of its own.
    static func run(
        _ settings: String = "{}", _ body: @escaping @Sendable (SimulatedLab) async throws -> Void
    ) async throws {
        try await SCMSimulator.serve(try SimulatorSettings(json: settings)) { simulator in
            try await body(try await SimulatedLab(SimulatedAccount(simulator)))
        }
    }

    init(_ account: SimulatedAccount, _ login: SimulatedAccount.Login = .password) async throws {
        self.account = account
        time = TestTime(account.now)
        lab = try await LifecycleEngine.testing(provider: try account.open(login), time: time)
    }

    /// The same account with nothing on record, as where a home was lost.
    func withoutRecords() async throws -> SimulatedLab { try await SimulatedLab(account) }

    static func wish(_ name: String = "shop.example.com", comments: String = "") -> OrderWish {
        var wish = OrderWish(account: "test", profile: "Quick OV", commonName: name)
        wish.organization = "Acme"
        wish.keyAlgorithm = .ecP256
        wish.comments = comments
        return wish
    }

    static let reissue: SuccessorWish = {
        var wish = SuccessorWish()
        wish.reason = "new key"
        return wish
    }()

    /// Moves all clocks.
    func pass(_ duration: Duration) throws {
        let whole = Duration.seconds(max(1, duration.components.seconds))
        try account.pass(whole)
        time.advance(by: whole)
    }

    /// Does what is due, and moves time to what is due next, until the order rests.
    func run(_ order: Order) async throws -> Order {
        for _ in 0..<60 {
            try await engine.pass(.order(order.id))
            guard let item = try await lab.repository.work(.order(order.id), task: WorkItem.life) else { break }
            let wait = max(item.due, item.lease?.until ?? item.due).timeIntervalSince(time.now())
            try pass(.seconds(Int64(max(0, wait)) + 1))
        }
        return try await lab.current(order)
    }

    /// A certificate that is there.
    func issued(_ name: String) async throws -> IssuedCertificate {
        try await lab.certificate(of: run(engine.order(Self.wish(name))))
    }

    /// Somebody orders in the portal.
    func orderInPortal(_ name: String) throws -> Int {
        try number(simulator.control("POST", "orders", #"{"commonName": "\#(name)"}"#))
    }

    /// Somebody renews in the portal.
    func renewInPortal(_ certificate: IssuedCertificate) throws -> Int {
        try number(simulator.control("POST", "renew", #"{"id": \#(certificate.reference)}"#))
    }

    /// Somebody else, at another desk, replaces it with a key of theirs.
    func replaceElsewhere(_ certificate: IssuedCertificate) async throws {
        var request = try await account.request("501")
        request.commonName = certificate.facts.commonName
        request.alternativeNames = certificate.facts.alternativeNames
        request.reason = "another desk"
        let reference = OrderReference(certificate.reference.rawValue)
        let now = try await account.open().certificate(certificate.reference)
        let predecessor = Predecessor(
            order: reference, certificate: certificate.reference,
            serialNumber: now.serialNumber ?? certificate.facts.serialNumber, leaf: certificate.chain)
        _ = try await account.open().reissuing?.reissue(predecessor, with: request)
    }

    /// How often SCM took or refused such a call.
    func calls(_ endpoint: String) throws -> Int {
        let state = try JSONSerialization.jsonObject(with: Data(simulator.control("GET", "state").utf8))
        let calls = (state as? [String: Any])?["calls"] as? [String: Int] ?? [:]
        return calls.filter { $0.key.contains(endpoint) }.map(\.value).reduce(0, +)
    }

    private func number(_ answer: String) throws -> Int {
        struct Answer: Decodable { var sslId: Int }
        return try JSONDecoder().decode(Answer.self, from: Data(answer.utf8)).sslId
    }
}
