// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// Something that needs a person, worked out from the records as they are.
public struct Attention: Hashable, Sendable {
    public var kind: Kind
    public var severity: Severity
    /// What it is about: an id, an account, a channel; ``others`` for all that are not listed one by one.
    public var subject: String
    /// The common name that it is about.
    public var name: String?
    /// One sentence. May hold words of a CA.
    public var what: String
    /// What to do.
    public var hint: String
    /// Since when, where that is known.
    public var since: Date?
    /// Whose CA it waits for, where it is not told while that cannot be asked.
    public var account: String?

    public init(
        _ kind: Kind, severity: Severity? = nil, subject: String, name: String? = nil, what: String, hint: String,
        since: Date? = nil, account: String? = nil
    ) {
        self.kind = kind
        self.severity = severity ?? kind.severity
        self.subject = subject
        self.name = name
        self.what = what
        self.hint = hint
        self.since = since
        self.account = account
    }

    /// The subject of what stands for several things.
    public static let others = "others"

    /// What tells it from others, see ``AlertRecord/key``.
    package var key: String { "\(kind.rawValue):\(subject)" }

    /// Raw values are stored, printed and read by scripts.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case recordUnreadable = "record.unreadable"
        case accountPaused = "account.paused"
        case accountClosed = "account.closed"
        case accountUnreachable = "account.unreachable"
        case credentialsEnd = "account.credentialsEnd"
        case certificateExpired = "certificate.expired"
        case certificateExpiresSoon = "certificate.expiresSoon"
        case renewalStuck = "renewal.stuck"
        case renewalLate = "renewal.late"
        case deploymentTroubled = "deployment.troubled"
        case revocationFailed = "revocation.failed"
        case orderStuck = "order.stuck"
        case orderWaiting = "order.waiting"
        case inventoryFull = "inventory.full"
        case inventoryOverLimit = "inventory.overLimit"
        case domainValidationEnds = "domain.validationEnds"
        case catalogUnreadable = "catalog.unreadable"
        case importStands = "import.stands"
        case accountBehind = "account.behind"
        case keyLost = "certificate.keyLost"
        case channelDead = "channel.dead"
        case serviceAbsent = "service.absent"
        case accountWarning = "account.warning"

        /// How much it matters, unless there is a reason for more or less.
        public var severity: Severity {
            switch self {
            case .recordUnreadable, .accountPaused, .accountClosed, .certificateExpired, .certificateExpiresSoon,
                .renewalStuck, .deploymentTroubled, .revocationFailed, .orderStuck:
                .critical
            case .accountUnreachable, .credentialsEnd, .renewalLate, .orderWaiting, .inventoryFull,
                .inventoryOverLimit, .domainValidationEnds, .catalogUnreadable, .importStands, .accountBehind,
                .keyLost, .channelDead, .serviceAbsent:
                .warning
            case .accountWarning: .info
            }
        }
    }
}

extension [Attention] {
    /// What matters most first, then by kind; within a kind as it was found.
    package var byWeight: [Attention] {
        let order = Dictionary(uniqueKeysWithValues: zip(Attention.Kind.allCases, 0...))
        return enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.severity != b.severity { return a.severity > b.severity }
            return (order[a.kind] ?? 0, left.offset) < (order[b.kind] ?? 0, right.offset)
        }.map(\.element)
    }
}
