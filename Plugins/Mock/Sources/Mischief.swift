// SPDX-License-Identifier: Apache-2.0

/// What the mock CA can be told to do wrong, or merely otherwise than by default.
///
/// Raw values are stable: people write them in the setting `mischief`, separated by commas, and each may be limited to
/// its first occurrences: `lost-reply:1,one-id`. What happens without a number is said at each case.
public enum Mischief: String, CaseIterable, Hashable, Sendable {
    /// An order, renewal, reissue, cancellation or CSR is accepted, and the answer is lost. Always.
    case lostReply = "lost-reply"
    /// An order, renewal or reissue is accepted, and the call hangs until its task is cancelled. Always.
    case acceptAndHang = "accept-and-hang"
    /// An order, renewal or reissue is lost on its way: nothing happens, which the caller cannot know. Always.
    case lostBeforeAcceptance = "lost-before-acceptance"
    /// Lookups and lists do not see an order before its settle time is over. The number limits the lookups.
    case lateVisibility = "late-visibility"
    /// A lookup does not commit itself: it names every order for the same common name. Always.
    case undecidedLookup = "undecided-lookup"
    /// Orders do not show the key that they were sent with, as at a CA that has no place for it. Always.
    case keyWithheld = "key-withheld"
    /// An order, renewal or reissue is refused for good. Always.
    case refusedOrder = "refused-order"

    /// The certificate is issued for a key of the CA's own making. Always.
    case wrongKey = "wrong-key"
    /// The certificate is issued for other names. Always.
    case wrongNames = "wrong-names"
    /// The certificate has expired when it is issued. Always.
    case expiredLeaf = "expired-leaf"
    /// Chains come root first. Always.
    case chainUpsideDown = "chain-upside-down"
    /// Chains hold certificates of another CA, and the root twice. Always.
    case strayRoots = "stray-roots"
    /// The chain of a revoked certificate is no longer handed out. Always.
    case revokedIsGone = "revoked-is-gone"

    /// New orders have one reference for order and certificate, and a reissue keeps it. Always.
    case oneID = "one-id"
    /// With `one-id`: the first reads after a reissue show the old certificate. The number counts for each reissue; 2.
    case lateReissue = "late-reissue"
    /// A reissue revokes its predecessor as soon as the new certificate is there. Always.
    case revokedPredecessor = "revoked-predecessor"

    /// Every call is refused, as with a blocked account. Always.
    case accountRefused = "account-refused"
    /// Calls are refused with the wish to come again after two seconds. The first 3.
    case rateLimit = "rate-limit"
    /// Orders and certificates cannot be read for the moment. The first 2 reads.
    case transientReads = "transient-reads"
    /// Orders are in a state that nobody has heard of. The first 3 reads.
    case unknownWords = "unknown-words"
    /// A certificate is revoked, and the answer is lost. Always.
    case lostRevocation = "lost-revocation"
    /// An order that could be withdrawn is said to have gone too far. Always.
    case cancelTooLate = "cancel-too-late"

    /// How often it happens when no number is given; `nil` for always.
    var usualLimit: Int? {
        switch self {
        case .lateReissue, .transientReads: 2
        case .rateLimit, .unknownWords: 3
        default: nil
        }
    }
}

/// Mischief as written in the setting: names with limits.
struct MischiefPlan: Hashable, Sendable {
    /// How often each happens; `nil` for always.
    var limits: [Mischief: Int?] = [:]

    init(_ mischief: some Sequence<Mischief> = []) {
        for one in mischief { limits[one] = .some(one.usualLimit) }
    }

    /// Reads `lost-reply:1,one-id`; `nil` when a name is unknown or a number is not one.
    init?(written text: String) {
        for part in text.split(separator: ",") {
            let pieces = part.trimmingBlanks.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = pieces.first, let mischief = Mischief(rawValue: String(name)) else { return nil }
            if pieces.count == 1 {
                limits[mischief] = .some(mischief.usualLimit)
            } else if let number = Int(pieces[1]), number >= 0 {
                limits[mischief] = .some(number)
            } else {
                return nil
            }
        }
    }

    /// The same text for the same plan, whatever the order in which it was written.
    var text: String {
        limits.map { name, limit in limit.map { "\(name.rawValue):\($0)" } ?? name.rawValue }.sorted()
            .joined(separator: ",")
    }
}

extension Substring {
    var trimmingBlanks: Substring {
        var rest = self
        while rest.first == " " { rest = rest.dropFirst() }
        while rest.last == " " { rest = rest.dropLast() }
        return rest
    }
}
