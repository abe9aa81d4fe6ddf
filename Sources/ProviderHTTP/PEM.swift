// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import PublicCA

extension CertificateSigningRequest {
    /// The request as PEM (RFC 7468 §7), ended by a line break: what most CAs want inside of JSON.
    public var pem: String {
        let base64 = Array(der.base64EncodedString())
        let lines = stride(from: 0, to: base64.count, by: 64).map { String(base64[$0..<min($0 + 64, base64.count)]) }
        let label = "CERTIFICATE REQUEST-----"
        return (["-----BEGIN \(label)"] + lines + ["-----END \(label)\n"]).joined(separator: "\n")
    }
}

extension CertificateChain {
    /// The certificates of a PEM text (RFC 7468 §5), in the order in which they stand there, whatever is between them.
    ///
    /// `nil` when there is none, when one is cut off, or when one is not Base64: half a chain is no chain.
    public init?(pem: String) {
        var certificates: [Data] = []
        var body: String?
        for line in pem.split(whereSeparator: \.isNewline) {
            let line = line.trimmingBlanks
            switch (line, body) {
            case ("-----BEGIN CERTIFICATE-----", nil): body = ""
            case ("-----END CERTIFICATE-----", nil): return nil
            case ("-----END CERTIFICATE-----", let text?):
                guard let der = Data(base64Encoded: text), !der.isEmpty else { return nil }
                certificates.append(der)
                body = nil
            case (_, let text?): body = text + line
            default: break
            }
        }
        guard body == nil, !certificates.isEmpty else { return nil }
        self.init(certificates: certificates)
    }
}

extension Substring {
    /// A byte order mark before the first line is a blank, too.
    fileprivate var trimmingBlanks: Substring {
        func isBlank(_ character: Character) -> Bool { character.isWhitespace || character == "\u{feff}" }
        let rest = drop(while: isBlank)
        return rest.lastIndex { !isBlank($0) }.map { rest[...$0] } ?? ""
    }
}
