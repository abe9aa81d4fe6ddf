// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// The products of the mock CA. Each shows one way in which an order may go.
enum MockProfile: String, CaseIterable {
    /// Issued at once.
    case dv = "Mock DV"
    /// Issued after three polls.
    case ov = "Mock OV"
    /// Issued after a poll, and has a mandatory field.
    case ev = "Mock EV"
    /// Issued when approved.
    case approval = "Mock Approval"
    case rejected = "Mock Rejected"
    /// Never issued.
    case endless = "Mock Endless"
    /// Issued after three states that nobody has heard of.
    case odd = "Mock Odd"
    /// Validated first, and wants the CSR in a second write (RFC 8555 §7.4).
    case finalizing = "Mock Finalizing"

    static let terms = [47, 100, 199]
    static let keyAlgorithms: [KeyAlgorithm] = [.rsa2048, .rsa3072, .rsa4096, .ecP256, .ecP384, .ecP521]
    static let limits = OrderLimits(names: 100, comments: 1024, requesterEmails: 512)

    var description: CertificateProfile {
        CertificateProfile(
            id: ProfileID(rawValue), name: rawValue, terms: Self.terms, keyAlgorithms: Self.keyAlgorithms,
            fields: fields, limits: Self.limits)
    }

    var fields: [FieldDescription] {
        switch self {
        case .ev:
            [
                FieldDescription(name: "registrationNumber", isRequired: true),
                FieldDescription(
                    name: "businessCategory", isRequired: false,
                    choices: ["Private Organization", "Government Entity", "Business Entity"]),
            ]
        default: []
        }
    }

    /// How many polls find the order pending before it is issued.
    var polls: Int {
        switch self {
        case .ov, .odd: 3
        case .ev, .finalizing: 1
        case .dv, .approval, .rejected, .endless: 0
        }
    }

    /// Whether the organization stands in the certificate's subject.
    var namesOrganization: Bool { self == .ov || self == .ev }

    /// The words of ``odd``, in turn.
    static let oddWords = ["in the oven", "with the third clerk", "nearly, nearly"]
}
