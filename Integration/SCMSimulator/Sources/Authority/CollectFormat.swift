// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The ten forms in which a certificate can be collected.
enum CollectFormat: String, CaseIterable, Sendable {
    case base64, bin, x509, pem, x509R, pemia, x509CO, pemco, x509IO, x509IOR

    var isPKCS7: Bool { self == .base64 || self == .bin }

    /// - Parameters:
    ///   - leaf: the certificate itself.
    ///   - chain: what stands above it, from its issuer up.
    func bytes(leaf: [UInt8], chain: [[UInt8]], quirks: Quirks) -> [UInt8] {
        let up = [leaf] + chain
        let down = Array(up.reversed())
        let text: String
        switch self {
        case .bin: return DERWriter.pkcs7(up)
        case .base64: text = PEMText.text(DERWriter.pkcs7(up), label: "PKCS7")
        case .x509, .pem: text = PEMText.text(quirks.rootFirst ? down : up)
        case .x509R, .pemia: text = PEMText.text(quirks.rootFirst ? up : down)
        case .x509CO, .pemco: text = PEMText.text([leaf])
        case .x509IO: text = PEMText.text(Array(chain.reversed()))
        case .x509IOR: text = PEMText.text(chain)
        }
        var bytes = Array(text.utf8)
        if !quirks.finalNewline, bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if quirks.crlf {
            bytes = bytes.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] }
        }
        return bytes
    }
}

enum PEMText {
    static func text(_ certificates: [[UInt8]]) -> String {
        certificates.map { text($0, label: "CERTIFICATE") }.joined()
    }

    static func text(_ der: [UInt8], label: String) -> String {
        let base64 = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN \(label)-----\n\(base64)\n-----END \(label)-----\n"
    }
}
