// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// SCM's words for where a certificate stands. It has one list of them for orders and certificates alike.
///
/// The words come in several spellings, and are compared by their letters alone.
enum StatusWords {
    /// Those that a listing can be narrowed to, and that are still in use. In the order in which orders go through them, so
    /// that one which moves on while the states are listed comes twice rather than never.
    static let listed = [
        "Init", "Requested", "Approved", "SAApproved", "Applied", "Declined", "Rejected", "Invalid", "Issued",
        "Replaced", "Revoked", "Expired",
    ]

    /// How the other manual spells a word.
    static let otherSpellings = ["SAApproved": "SA Approved"]

    static func orderState(_ word: String, _ certificate: CertificateReference) -> OrderState {
        switch word.plainWord {
        case "requested", "awaitingapproval": .awaitingApproval
        case "init", "approved", "saapproved", "applied", "notenrolled": .processing
        // There was a certificate; what became of it is told with the certificate.
        case "issued", "downloaded", "external", "enrolledpendingdownload", "revoked", "expired", "replaced":
            .issued(certificate)
        // Declining is how a request is withdrawn, whoever does it.
        case "declined": .cancelled
        case "rejected", "invalid": .rejected
        default: .unrecognized
        }
    }

    static func certificateState(_ word: String, _ revocation: Revocation) -> CertificateState {
        switch word.plainWord {
        case "issued", "downloaded", "external", "enrolledpendingdownload": .valid
        case "expired": .expired
        case "revoked": .revoked(revocation)
        // Which of two certificates under one number "Replaced" speaks of is not known.
        default: .unrecognized
        }
    }

    /// Whether SCM still hands the certificate out as a matter of course.
    static func isOver(_ word: String) -> Bool { ["revoked", "expired"].contains(word.plainWord) }

    /// Whether nothing will come of it any more.
    static func isRefused(_ word: String) -> Bool { ["declined", "rejected", "invalid"].contains(word.plainWord) }

    /// Whether the CA is at work on it, as after a replacement was asked for.
    static func isAtWork(_ word: String) -> Bool {
        ["requested", "init", "approved", "saapproved", "applied"].contains(word.plainWord)
    }
}
