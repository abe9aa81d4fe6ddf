// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Services on one home that are killed again and again, and started again.
struct KillingServices: Sendable {
    let home: KillingHome
    let killer: Killer
    let seed: UInt64

    /// So many at once, until all is over. What is left then is killed, too.
    func run(_ count: Int, until isOver: @escaping @Sendable () -> Bool) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask {
                    var random = SeededRandom(seed: seed &+ UInt64(number))
                    while !isOver() {
                        let moment = KillMoment.random(within: .seconds(6), steps: 60, using: &random)
                        try await serve(until: moment)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func serve(until moment: KillMoment) async throws {
        let said = try await home.run(["run"]) { process in
            // When nothing happens any more, neither calls nor commits end it.
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await killer.kill(process, at: moment) }
                group.addTask { await killer.kill(process, at: .time(.seconds(10))) }
                await group.next()
                group.cancelAll()
            }
        }
        guard said.signal != nil else { return }
        home.tally.count(kill: moment.kind)
    }
}
