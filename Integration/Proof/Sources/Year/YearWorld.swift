// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import SQLiteRepository

/// What all hosts share.
struct YearSurroundings: Sendable {
    let time: TestTime
    let cas: [YearCA]
    let repository: SQLiteRepository
    let sealer = Sealer(MasterKey())
    let ledger: YearLedger
}

/// One year being lived: which host acts next is drawn from the seed, and time moves on to what is due when all rest.
final class YearWorld {
    let year: Year
    let plan: YearPlan
    let surroundings: YearSurroundings
    let person: YearPerson
    /// By kind of work and step.
    private(set) var steps: [String: Int] = [:]
    private(set) var lostHosts = 0
    private var hosts: [YearHost] = []
    private var random: SeededRandom
    private let folder: YearFolder

    /// Two know renewals, one of which takes few calls, and one knows none.
    private static let offers = [("renewing", true, 120), ("plain", false, 120), ("narrow", true, 20)]

    init(_ year: Year, in folder: YearFolder) throws {
        self.year = year
        self.folder = folder
        let plan = YearPlan(year, cas: Self.offers.count)
        self.plan = plan
        let time = TestTime(plan.start)
        var random = SeededRandom(seed: year.seed &+ 1)
        let storm = plan.start.addingTimeInterval(60)..<plan.end.addingTimeInterval(-YearPlan.calm)
        let cas = zip(Self.offers, plan.outages).map { offer, outages in
            YearCA(
                offer.0, renews: offer.1, callsAMinute: offer.2, outages: outages, storm: storm,
                seed: random.next(), faults: year.faults, isBlind: year.breakage.isBlind, now: time.now)
        }
        surroundings = YearSurroundings(
            time: time, cas: cas,
            repository: try SQLiteRepository(path: folder.database, now: time.now, digest: { Fingerprint.sha256($0) }),
            ledger: YearLedger(
                breakage: year.breakage.commit, replacement: YearPlan.replacement(year), now: time.now))
        person = YearPerson(
            host: YearHost("person", seed: random.next(), year, surroundings), surroundings: surroundings)
        self.random = random
    }

    func begin() async throws {
        for ca in surroundings.cas {
            _ = try await person.host.engine.ensureAccount(ca.name, provider: "mock")
            try await person.host.engine.setAutoRenewal(AutoRenewal(isEnabled: true), ofAccount: ca.name)
        }
        try await person.host.engine.keepSchedules()
        for index in 0..<year.engines { hosts.append(host(index)) }
    }

    private func host(_ index: Int) -> YearHost {
        YearHost("host-\(index).\(lostHosts)", seed: random.next(), year, surroundings)
    }

    func live() async throws {
        for (date, event) in plan.events {
            try await work(until: date)
            try await happen(event)
        }
        try await work(until: plan.end)
    }

    private func happen(_ event: YearPlan.Event) async throws {
        switch event {
        case .order(let number): try await person.order(number)
        case .visit: try await person.visit()
        case .revoke(let ca, let count, let reason):
            for number in 0..<count {
                guard let order = try await surroundings.cas[ca].revokeAny(for: reason) else { continue }
                // Of what is urgent, and of half of the rest, the CA sends a mail; the others are for the engines to find.
                if reason == .keyCompromise || number % 2 == 1 { person.hear(of: order, at: surroundings.cas[ca]) }
            }
        case .lose(let index):
            // Between two steps, or in the middle of one that is yet to come.
            if Int.random(in: 0..<4, using: &random) == 0 { return replace(index) }
            hosts[index].life.end(after: .random(in: 1...4, using: &random), acts: .random(using: &random))
        }
    }

    private func replace(_ index: Int) {
        lostHosts += 1
        hosts[index] = host(index)
    }

    /// Does all that falls due before a date, and then moves there.
    private func work(until end: Date) async throws {
        while true {
            try await workNow()
            guard let wake = try await nextDate(), wake < end else { break }
            move(to: wake)
        }
        move(to: end)
    }

    private func move(to date: Date) {
        let wait = date.timeIntervalSince(surroundings.time.now())
        if wait > 0 { surroundings.time.advance(by: .milliseconds(Int64((wait * 1000).rounded(.up)))) }
    }

    /// More often no item is due within one moment.
    private static let patience = 50

    /// Hosts claim and act as chance has it, until nothing is to be had and nobody holds anything.
    private func workNow() async throws {
        var isDry = false
        var done: [Subject: Int] = [:]
        while true {
            let able = hosts.indices.filter { !isDry || hosts[$0].item != nil }
            guard let index = able.randomElement(using: &random) else { return }
            let host = hosts[index]
            do throws(RepositoryError) {
                if let item = host.item {
                    hosts[index].item = nil
                    isDry = false
                    if let kind = WorkKind(item) { steps["\(kind.rawValue) \(kind.step(of: item))", default: 0] += 1 }
                    done[item.subject, default: 0] += 1
                    if done[item.subject] == Self.patience {
                        return surroundings.ledger.find("\(item.subject) \(item.step) is done again and again")
                    }
                    try await host.engine.work(on: item)
                } else {
                    hosts[index].item = try await host.engine.claimDue(1).first
                    isDry = hosts[index].item == nil
                }
            } catch {
                if !host.life.isLost { surroundings.ledger.find("a host failed: \(error)") }
                replace(index)
            }
        }
    }

    /// When the next work can be had. What is due and cannot be waits for the end of a lease, or of its account's pause.
    private func nextDate() async throws -> Date? {
        let now = surroundings.time.now()
        if let item = try await surroundings.repository.work(after: nil, limit: 1).items.first, item.due > now,
            item.lease == nil
        {
            return item.due
        }
        var paused: Set<String>?
        var cursor: PageCursor?
        var next: Date?
        repeat {
            let page = try await surroundings.repository.work(after: cursor, limit: 10)
            for item in page.items {
                if let next, item.due >= next { return next }
                let date = max(item.due, item.lease?.until ?? item.due)
                if item.due <= now, item.lease == nil || date <= now {
                    if paused == nil {
                        paused = Set(try await surroundings.repository.accounts().filter(\.isPaused).map(\.name))
                    }
                    if paused?.contains(item.account) ?? false { continue }
                }
                let wake = max(date, now.addingTimeInterval(0.001))
                next = min(next ?? wake, wake)
            }
            cursor = page.next
        } while cursor != nil
        return next
    }
}
