// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import LifecycleTesting
import PublicCA
import RepositoryTesting
import SCMSimulator
import Testing

/// An engine over a simulated account, whose time and the simulator's are moved together.
struct SimulatedLab {
    let account: SimulatedAccount
    let time = TestTime(Date())
    let lab: EngineLab

    init(_ account: SimulatedAccount, _ login: SimulatedAccount.Login = .password) async throws {
        self.account = account
        lab = try await LifecycleEngine.testing(provider: try account.open(login), time: time)
    }

    /// Passes, and lets the time pass until what is due next, until the order rests; a week at most.
    func settle(_ order: Order) async throws -> Order {
        let end = time.now().addingTimeInterval(7 * 86_400)
        while time.now() < end {
            try await lab.engine.pass()
            guard let work = try await lab.repository.work(.order(order.id), task: WorkItem.life) else { break }
            try advance(by: .seconds(max(1, work.due.timeIntervalSince(time.now()).rounded(.up))))
        }
        return try await lab.current(order)
    }

    func advance(by duration: Duration) throws {
        try account.pass(duration)
        time.advance(by: duration)
    }

    /// For `shop.example.com`, with a key that is made quickly.
    var wish: OrderWish {
        var wish = OrderWish(account: "test", profile: "Quick OV", commonName: "shop.example.com")
        wish.names = ["www.example.com"]
        wish.organization = "Acme"
        wish.keyAlgorithm = .ecP256
        return wish
    }
}

extension SimulatedAccount {
    /// Everything that was ever ordered, by the serial numbers of its certificates.
    func enrolments() throws -> [[String]] {
        let list = try JSONSerialization.jsonObject(with: Data(try simulator.control("GET", "enrolments").utf8))
        return try #require(list as? [[String: Any]]).map { $0["serialNumbers"] as? [String] ?? [] }
    }
}
