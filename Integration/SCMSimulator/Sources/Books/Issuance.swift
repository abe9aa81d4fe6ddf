// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import X509

/// One certificate under an enrolment. A replacement adds another, which takes over when its time comes.
struct Issuance: Sendable {
    var serial: [UInt8]
    var publicKey: Certificate.PublicKey
    var key: KeyDescription
    var commonName: String
    var names: [String]
    /// When the CA issues it; may lie ahead.
    var issued: Date
    var expires: Date
    var revoked: Date?
    /// Signed when somebody first looks: twenty thousand certificates of which few are read cost little.
    var der: [UInt8]?

    var plainSerial: String { Hexadecimal.plain(Hexadecimal.text(serial)) }
    func serialText(_ quirks: Quirks) -> String { Hexadecimal.text(serial, colons: !quirks.plainSerials) }
}

/// What its issuer writes into it, in SCM's words.
extension Issuance {
    static let extendedKeyUsages = ["TLS Web Server Authentication", "TLS Web Client Authentication"]

    var keyUsages: [String] { ["Digital Signature"] + (key.algorithm == "RSA" ? ["Key Encipherment"] : []) }
}
