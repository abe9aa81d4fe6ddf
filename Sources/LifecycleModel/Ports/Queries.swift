// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// Which orders to list. All conditions hold together; none given lists all.
public struct OrderQuery: Hashable, Sendable {
    public var account: String?
    public var phases: [OrderPhase] = []
    public var name: NamePattern?
    /// Ids that begin so.
    public var idPrefix: String?
    public var managed: ManagedCertificateID?
    /// Only those whose last question to the CA failed, and that ask again by themselves.
    public var isFailing = false
    public var after: PageCursor?
    public var limit = 100

    public init() {}
}

/// Which certificates to list.
public struct CertificateQuery: Hashable, Sendable {
    public var account: String?
    /// As stored: `expired` is asked for with ``notAfter``.
    public var statuses: [CertificateStatus] = []
    public var name: NamePattern?
    public var idPrefix: String?
    public var managed: ManagedCertificateID?
    /// Only those whose validity ends in this range.
    public var notAfter: Range<Date>?
    /// Only those that nothing has succeeded.
    public var withoutSuccessor = false
    public var after: PageCursor?
    public var limit = 100

    public init() {}
}

/// Which catalog entries to list.
public struct CatalogQuery: Hashable, Sendable {
    public var account: String
    public var kind: CatalogKind
    /// Only entries of these names; empty for all.
    public var names: [String] = []
    public var withVanished = false
    /// Only domains whose validation ends in this range.
    public var validationEnds: Range<Date>?
    public var after: PageCursor?
    public var limit = 1000

    public init(account: String, kind: CatalogKind) {
        self.account = account
        self.kind = kind
    }
}

/// Which managed certificates to list.
public struct ManagedQuery: Hashable, Sendable {
    public var account: String?
    /// Only those for which a renewal is planned by this date.
    public var renewalDueBy: Date?
    /// Only those whose renewal has been given up.
    public var isStuck = false
    public var after: PageCursor?
    public var limit = 100

    public init() {}
}

/// Which rows of the auto-renewal audit to list, oldest first.
public struct DecisionQuery: Hashable, Sendable {
    public var since: Date?
    public var certificate: CertificateID?
    public var after: PageCursor?
    public var limit = 100

    public init() {}
}

/// Which deployments to list.
public struct DeploymentQuery: Hashable, Sendable {
    public var target: String?
    public var managed: ManagedCertificateID?
    public var isTroubled = false
    public var after: PageCursor?
    public var limit = 100

    public init() {}
}

/// Which journal lines to list, oldest first unless said otherwise.
public struct JournalQuery: Hashable, Sendable {
    public var subject: Subject?
    public var name: String?
    /// Only lines after this sequence.
    public var after: Int = 0
    public var isNewestFirst = false
    public var limit = 1000

    public init() {}

    /// Goes on behind a page, whether or not its lines could be read. False where it was the last.
    package mutating func goOn(behind page: Page<JournalEntry>) -> Bool {
        guard let next = page.next.flatMap({ Int($0.rawValue) }) else { return false }
        after = next
        return true
    }
}

/// A name, or a pattern in which `*` stands for any characters. Compared without case, against every name a record
/// bears.
///
/// A pattern with a literal beginning or end is found through an index; one with neither reads all names.
public struct NamePattern: Hashable, Sendable {
    public let text: String
    /// Stands for itself alone.
    public let isLiteral: Bool

    public init(_ text: String) {
        self.text = text.lowercased()
        isLiteral = !text.contains("*")
    }

    /// One name, whose asterisk is that of a wildcard certificate and not a pattern's.
    public init(exactly name: String) {
        text = name.lowercased()
        isLiteral = true
    }

    public func matches(_ name: String) -> Bool {
        var rest = name.lowercased()[...]
        guard !isLiteral else { return rest == text }
        let parts = text.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last else { return false }
        guard rest.hasPrefix(first) else { return false }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}

/// Numbers that are kept up to date by every commit.
public struct Counts: Hashable, Sendable {
    public var orders: [OrderPhase: Int] = [:]
    /// As stored: the expired are among the valid.
    public var certificates: [CertificateStatus: Int] = [:]
    /// Valid certificates without successor, by the UTC day on which they end, as days since 1970.
    public var expiring: [Int: Int] = [:]
    /// Orders that a reference leads to, by account: those that an import should meet again.
    public var referenced: [String: Int] = [:]
    /// Planned renewals that have not been given up, by the UTC day on which they are due.
    public var renewals: [Int: Int] = [:]
    /// Deployments, and those among them that a person has to look at.
    public var deployments = 0
    public var troubledDeployments = 0
    /// Certificates that count towards the inventory's limit: in force by the day, and succeeded by none.
    public func live(at now: Date) -> Int {
        let today = Self.day(of: now)
        return expiring.lazy.filter { $0.key >= today }.map(\.value).reduce(0, +)
    }

    public init() {}

    /// The key of ``expiring`` for a date.
    public static func day(of date: Date) -> Int { Int((date.timeIntervalSince1970 / 86400).rounded(.down)) }
}
