// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// One run of an import: where it is, and what it found. Resumes after a kill at the page it was on.
public struct ImportRun: Hashable, Sendable, Codable {
    public var id: ImportID
    public var revision: Int
    public var account: String
    public var options: ImportOptions
    public var cursor: PageCursor?
    /// Orders of the page at the cursor that were taken already.
    @Added public var taken: [OrderReference]
    /// Whether the list is through, and what was put aside is read again.
    @Added public var isListed: Bool
    /// What could not be read for the moment.
    @Added public var aside: [RowAside]
    public var isFinished: Bool
    public var report: ImportReport
    /// Why it is waiting or has ended early.
    public var problem: String?
    /// Attempts in a row at the page it is on that failed.
    @Added public var failures: Streak
    /// Orders of the account that had a reference when the import began.
    public var knownAtStart: Int?
    /// Rows so far whose reference leads to an order here.
    @Added public var met: Int
    /// Pages so far, and where one of them led: a listing that comes by again leads in a circle.
    @Added public var pages: Int
    public var landmark: PageCursor?
    public var createdAt: Date
    public var updatedAt: Date

    public init(id: ImportID, account: String, options: ImportOptions, createdAt: Date) {
        self.id = id
        self.revision = 0
        self.account = account
        self.options = options
        self.taken = []
        self.isListed = false
        self.aside = []
        self.isFinished = false
        self.report = ImportReport()
        self.failures = Streak()
        self.met = 0
        self.pages = 0
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }
}

/// A row whose order could not be read, and how often that was tried.
public struct RowAside: Hashable, Sendable, Codable {
    public var row: OrderRow
    public var attempts: Int

    public init(row: OrderRow, attempts: Int) {
        self.row = row
        self.attempts = attempts
    }
}

/// What to import.
public struct ImportOptions: Hashable, Sendable, Codable {
    /// Only these orders; empty for a listing.
    public var references: [OrderReference]
    /// Only these states, in the CA's words; empty for all.
    public var states: [String]
    public var withoutCertificates: Bool
    /// Brings back what was deleted here.
    public var again: Bool

    public init(
        references: [OrderReference] = [], states: [String] = [], withoutCertificates: Bool = false, again: Bool = false
    ) {
        self.references = references
        self.states = states
        self.withoutCertificates = withoutCertificates
        self.again = again
    }

    /// Whether everything that the CA lists is listed.
    package var isOfAll: Bool { states.isEmpty && references.isEmpty }
}

/// What an import found: `listed = new + changed + unchanged + quarantined + deletedHere`.
public struct ImportReport: Hashable, Sendable, Codable {
    public var listed = 0
    /// How many the CA says there are.
    public var total: Int?
    public var new = 0
    public var changed = 0
    public var unchanged = 0
    /// Orders of ours that the CA no longer lists.
    public var vanished = 0
    /// How many more the CA counts than it listed.
    public var unlisted: Int?
    public var quarantined: [UnreadableRow] = []
    /// Left alone because they were deleted here.
    public var deletedHere = 0
    public var awaitingCapacity = 0
    public var withPrivateKey = 0
    /// Questions asked of the CA.
    public var calls = 0

    public init() {}

    /// Compares what the CA counts with what it listed, at the end of a listing of everything.
    package mutating func tellUnlisted() { unlisted = total.map { max(0, $0 - listed) } }
}
