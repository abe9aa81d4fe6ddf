// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// The CA's words for the reasons of RFC 5280 §5.3.1.
enum RevocationCodes {
    private static let codes: [(RevocationReason, String)] = [
        (.unspecified, "none"), (.keyCompromise, "key-lost"), (.affiliationChanged, "organization-changed"),
        (.superseded, "replaced"), (.cessationOfOperation, "service-ended"),
    ]

    /// Throws `rejected` for a reason that this CA does not take: nothing was sent.
    static func code(_ reason: RevocationReason) throws(ProviderError) -> String {
        guard let code = codes.first(where: { $0.0 == reason })?.1 else {
            throw ProviderError(.rejected, "revoking the certificate: this CA takes no reason \(reason.name)")
        }
        return code
    }

    /// `nil` for a word that is not known: the revocation stands all the same.
    static func reason(_ code: String) -> RevocationReason? { codes.first { $0.1 == code }?.0 }
}
