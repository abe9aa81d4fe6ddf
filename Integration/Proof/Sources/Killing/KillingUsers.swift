// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// People, or their scripts, who type commands that are killed, and type them again.
struct KillingUsers: Sendable {
    let home: KillingHome
    let killer: Killer
    /// What a command takes that is left alone.
    let span: Duration

    /// So many at once, until every wish is on record.
    func fulfil(_ wishes: [KillingWish], together: Int) async throws {
        let open = OpenWishes(wishes)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<together {
                group.addTask {
                    while var wish = open.next() {
                        if try await fulfil(&wish) { continue }
                        // What is to be succeeded is on its way: others first.
                        open.putBack(wish)
                        try await Task.sleep(for: .milliseconds(200))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// False where there is no certificate yet that could be succeeded.
    private func fulfil(_ wish: inout KillingWish) async throws -> Bool {
        var random = SeededRandom(seed: wish.seed)
        var certificate = ""
        if wish.kind != .order {
            guard let first = try await home.certificates(named: wish.name).first else {
                try await ask(for: wish.name, until: .random(within: span, steps: 4, using: &random))
                wish.seed = random.next()
                return false
            }
            certificate = first.id
        }
        var (kills, attempts) = (wish.kills, 0)
        while true {
            if attempts > 0, wish.kind != .order, wish.key == nil {
                // A script without a key looks first.
                let known = try await home.certificates(named: wish.name).first
                if known?.successor != nil { return true }
            }
            // One that is over before its moment comes is typed again, but not for ever.
            let isKilled = kills > 0 && attempts < wish.kills * 3
            attempts += 1
            let command = wish.command(for: certificate, isWaiting: Int.random(in: 0..<3, using: &random) == 0)
            guard isKilled else {
                try await home.run(command)
                return true
            }
            let moment = KillMoment.random(within: span, steps: 4, using: &random)
            if try await run(command, until: moment) { kills -= 1 }
        }
    }

    /// Looks after an order whose certificate is waited for, and decides where only a person can.
    private func ask(for name: String, until moment: KillMoment) async throws {
        if try await run(["order", "check", name], until: moment) { return }
        let stuck = try await home.orders(["--name", name, "--state", "stuck"])
        for order in stuck { try await home.retry(order) }
    }

    /// Whether it was killed.
    private func run(_ command: [String], until moment: KillMoment) async throws -> Bool {
        let said = try await home.run(command) { await killer.kill($0, at: moment) }
        guard said.signal != nil else { return false }
        home.tally.count(kill: moment.kind)
        return true
    }
}

/// Wishes that nobody is at.
private final class OpenWishes: Sendable {
    private let wishes: Mutex<ArraySlice<KillingWish>>

    init(_ wishes: [KillingWish]) { self.wishes = Mutex(wishes[...]) }

    func next() -> KillingWish? { wishes.withLock { $0.popFirst() } }
    func putBack(_ wish: KillingWish) { wishes.withLock { $0.append(wish) } }
}
