// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// The CA's words for where orders and certificates stand.
enum StatusWords {
    static func orderState(_ word: String, certificate: CertificateReference?) -> OrderState {
        switch word {
        case "received", "signing": .processing
        case "dcv": .awaitingValidation
        case "vetting": .awaitingApproval
        // The word may come a moment before the certificate's name does.
        case "issued": certificate.map { .issued($0) } ?? .processing
        case "refused": .rejected
        case "withdrawn": .cancelled
        default: .unrecognized
        }
    }

    static func certificateState(_ word: String, revokedAt: Date?, reason: RevocationReason?) -> CertificateState {
        switch word {
        case "active": .valid
        case "expired": .expired
        case "revoked": .revoked(Revocation(at: revokedAt, reason: reason))
        default: .unrecognized
        }
    }
}
