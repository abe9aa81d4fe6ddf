// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import SwiftASN1
import X509
import _CryptoExtras

/// A CSR that passed what SCM looks at.
struct SigningRequest: Sendable {
    /// As the client sent it.
    var text: String
    var publicKey: Certificate.PublicKey
    var key: KeyDescription
    var commonName: String?

    /// PEM with its markers or bare base64.
    init(_ text: String) throws(Refusal) {
        guard !text.isEmpty, text.count <= 32_767 else { throw .invalid("csr") }
        let lines = text.split { $0.isNewline }.filter { !$0.hasPrefix("-----") }
        let base64 = lines.joined().filter { !$0.isWhitespace }
        guard let der = Data(base64Encoded: base64), !der.isEmpty else { throw Refusal(-9, "The CSR is not base64") }
        let request: CertificateSigningRequest
        do {
            request = try CertificateSigningRequest(derEncoded: Array(der))
        } catch {
            throw Self.refusal(of: Array(der))
        }
        guard let key = KeyDescription(request.publicKey) else {
            throw Refusal(-11, "The CSR's algorithm is not supported")
        }
        if key.algorithm == "RSA", let size = Int(key.size), size < 2048 { throw Self.shortKey }
        guard request.publicKey.isValidSignature(request.signature, for: request) else {
            throw Refusal(-138, "The CSR is invalid")
        }
        self.text = text
        self.key = key
        publicKey = request.publicKey
        for attribute in request.subject.flatMap({ Array($0) }) where attribute.type == .RDNAttributeType.commonName {
            commonName = String(attribute.value)?.lowercased()
        }
    }

    private static let shortKey = Refusal(-141, "The key is shorter than the minimum of 2048 bits")

    /// Our libraries do not read short RSA keys; SCM reads them, and says what is wrong with them.
    private static func refusal(of der: [UInt8]) -> Refusal {
        let rsaEncryption: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
        // Why it does not parse is not told by SCM, either.
        let isWhole = (try? DER.parse(der)) != nil
        return isWhole && der.contains(rsaEncryption) ? shortKey : Refusal(-10, "The CSR cannot be decoded")
    }
}

extension KeyDescription {
    init?(_ key: Certificate.PublicKey) {
        if let size = _RSA.Signing.PublicKey(key)?.keySizeInBits {
            self.init(algorithm: "RSA", size: String(size))
        } else if P256.Signing.PublicKey(key) != nil {
            self.init(algorithm: "EC", size: "P-256")
        } else if P384.Signing.PublicKey(key) != nil {
            self.init(algorithm: "EC", size: "P-384")
        } else if P521.Signing.PublicKey(key) != nil {
            self.init(algorithm: "EC", size: "P-521")
        } else {
            return nil
        }
    }
}
