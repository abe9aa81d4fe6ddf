// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// All that the simulated SCM knows. A value behind one lock: a call sees and changes it as a whole.
struct Books: Sendable {
    var settings: SimulatorSettings
    var quirks: Quirks
    var world: World
    let authority: CertificateAuthority
    /// When the simulator started, on its own clock.
    let start: Date
    /// How far the simulated clock has been set ahead of the wall's.
    var clockOffset: TimeInterval = 0
    var now: Date
    var chance = Chance(seed: 2024)
    var enrolments: [Int: Enrolment] = [:]
    /// Ids as they were given, ascending.
    var ids: [Int] = []
    var nextID = 1000
    var idsBySerial: [String: Int] = [:]
    var idsByRenewID: [String: Int] = [:]
    var tokens: [String: Token] = [:]
    var domainOrders: [String: DomainOrder] = [:]
    /// The serial numbers of client certificates by login.
    var clientSerials: [String: String] = [:]
    var faults: [Fault] = []
    /// Decides for faults that strike a share of calls; apart, so that certificates are the same with and without them.
    var luck = Chance(seed: 1974)
    var counts: [String: Int] = [:]
    /// The most calls that were ever under way at once.
    var peakInFlight = 0
    var failedLogins: [String: Int] = [:]

    init(settings: SimulatorSettings, authority: CertificateAuthority, now: Date) {
        self.settings = settings
        self.authority = authority
        self.now = now
        start = now
        quirks = settings.quirks
        world = settings.world
        seed(settings.seed)
    }

    /// The enrolment, or what SCM says to an id that it does not know.
    func enrolment(_ id: Int) throws(Refusal) -> Enrolment {
        guard let enrolment = enrolments[id] else { throw unknownID }
        return enrolment
    }

    var unknownID: Refusal {
        switch quirks.unknownID {
        case .notFound: .notFound
        case .badRequest: Refusal(-5101, Refusal.notFound.description)
        case .wrongID: Refusal(-124, "Wrong certificate id")
        }
    }

    func status(_ enrolment: Enrolment) -> String { enrolment.status(at: now, quirks: quirks) }

    mutating func add(_ enrolment: Enrolment) {
        enrolments[enrolment.id] = enrolment
        ids.append(enrolment.id)
        idsByRenewID[enrolment.renewID] = enrolment.id
        for issuance in enrolment.issuances { idsBySerial[issuance.plainSerial] = enrolment.id }
    }

    mutating func remove(_ id: Int) {
        guard let enrolment = enrolments.removeValue(forKey: id) else { return }
        ids.removeAll { $0 == id }
        idsByRenewID[enrolment.renewID] = nil
        for issuance in enrolment.issuances { idsBySerial[issuance.plainSerial] = nil }
    }

    mutating func takeID() -> Int {
        defer { nextID += 1 }
        return nextID
    }

    /// Plans the first certificate of an enrolment that nothing holds up any more.
    mutating func plan(_ id: Int) {
        guard let enrolment = enrolments[id], enrolment.issuances.isEmpty, let issuing = enrolment.issuing else {
            return
        }
        let issuance = Issuance(
            serial: chance.serial(), publicKey: enrolment.publicKey, key: enrolment.key,
            commonName: enrolment.commonName, names: enrolment.names, issued: issuing,
            expires: issuing.addingTimeInterval(Double(enrolment.term) * 86_400))
        enrolments[id]?.issuances.append(issuance)
        idsBySerial[issuance.plainSerial] = id
    }
}
