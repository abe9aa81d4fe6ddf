// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel

extension LifecycleEngine {
    /// Everything that needs a person, what matters most first: worked out from the records, so that it is never late.
    ///
    /// At most ten things of a kind are listed; how many more there are is the last of them. What waits for an account
    /// that cannot be asked is told with that account, and not one by one. Asks no CA. Costs the same in a small
    /// inventory and in a large one.
    public func attention(at now: Date) async throws(RepositoryError) -> [Attention] {
        var reading = AttentionReading(
            repository: repository, accounts: accounts, capacity: options.capacity,
            channels: notifying?.channels ?? [], now: now, counts: try await repository.counts())
        try await reading.readAccounts()
        try await reading.readOrders()
        try await reading.readRevocations()
        try await reading.readRenewals()
        try await reading.readDeployments()
        try await reading.readCertificates()
        try await reading.readChannels()
        try await reading.readService()
        return reading.found.byWeight
    }
}

/// What was found so far.
struct AttentionReading {
    let repository: any LifecycleRepository
    let accounts: any AccountOpening
    let capacity: Int?
    let channels: [NoticeChannel]
    let now: Date
    let counts: Counts
    private(set) var found: [Attention] = []
    /// Accounts that cannot be asked: what waits for them needs nothing of its own.
    var hampered: Set<String> = []
    /// The others.
    var active: [String] = []

    /// Things of a kind that are listed one by one.
    static let listed = 10
    /// Records that are read to find these, and how many of them at once: what is listed is mostly found among the first.
    static let page = 100
    static let chunk = 20

    init(
        repository: any LifecycleRepository, accounts: any AccountOpening, capacity: Int?, channels: [NoticeChannel],
        now: Date, counts: Counts
    ) {
        self.repository = repository
        self.accounts = accounts
        self.capacity = capacity
        self.channels = channels
        self.now = now
        self.counts = counts
    }

    mutating func note(_ attention: Attention) { found.append(attention) }

    /// The rest of a kind, in one.
    ///
    /// - Parameters:
    ///   - rest: how many there are beside those that are listed.
    ///   - isLeast: there may be more.
    ///   - what: goes on from "7 more".
    mutating func noteOthers(
        _ kind: Attention.Kind, severity: Severity? = nil, _ rest: Int, isLeast: Bool = false, _ what: String,
        hint: String, account: String? = nil
    ) {
        guard rest > 0 else { return }
        note(
            Attention(
                kind, severity: severity, subject: Attention.others,
                what: "\(isLeast ? "at least " : "")\(rest) more \(what)", hint: hint,
                account: account)
        )
    }

    /// Records that are there and cannot be read must not look as if they were not.
    mutating func note(unreadable rows: [UnreadableRow], _ kind: String) {
        for row in rows.prefix(Self.listed) {
            let error = LifecycleError(unreadable: row, kind)
            note(
                Attention(
                    .recordUnreadable, subject: row.reference, what: error.message, hint: error.hint ?? ""))
        }
    }

    /// A record by name; `nil` where it is not there, and where it cannot be read, which needs a person itself: what else
    /// does must not be hidden by it.
    mutating func readable<Record: Sendable>(
        _ reference: String, _ kind: String, _ read: () async throws(RepositoryError) -> Record?
    ) async throws(RepositoryError) -> Record? {
        do throws(RepositoryError) {
            return try await read()
        } catch {
            guard case .unreadable(let reason) = error else { throw error }
            note(unreadable: [UnreadableRow(reference: reference, reason: reason)], kind)
            return nil
        }
    }

    func days(until date: Date) -> String {
        let days = Int((abs(date.timeIntervalSince(now)) / 86400).rounded(.down))
        let length = days == 0 ? "less than a day" : days == 1 ? "1 day" : "\(days) days"
        return date < now ? "\(length) ago" : "in \(length)"
    }
}
