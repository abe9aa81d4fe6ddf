// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import CertificateMaterial
import Crypto
import Foundation
import SwiftASN1

/// What somebody else's software finds in a keystore.
struct KeystoreContentsRead {
    var key = Data()
    var certificates: [Data] = []
    var alias = ""

    init(pem: Data) throws {
        let blocks = try PEMText.blocks(in: pem)
        key = blocks.first { $0.label == "PRIVATE KEY" }?.der ?? Data()
        certificates = blocks.filter { $0.label == "CERTIFICATE" }.map(\.der)
    }

    /// As OpenSSL reads it.
    init(pkcs12: Data, password: String) throws {
        defer { ERR_clear_error() }
        let store = Array(pkcs12).withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            return d2i_PKCS12(nil, &position, buffer.count)
        }
        guard let store else { throw Finding("this is no PKCS#12") }
        defer { PKCS12_free(store) }
        var (key, leaf, issuers): (OpaquePointer?, OpaquePointer?, OpaquePointer?)
        guard PKCS12_parse(store, password, &key, &leaf, &issuers) == 1 else {
            throw Finding("OpenSSL does not open what was written")
        }
        defer {
            EVP_PKEY_free(key)
            X509_free(leaf)
        }
        var length: Int32 = 0
        if let name = X509_alias_get0(leaf, &length) {
            alias = String(decoding: UnsafeBufferPointer(start: name, count: Int(length)), as: UTF8.self)
        }
        self.key = Self.written(key, Self.i2d_PKCS8)
        certificates = [Self.written(leaf, i2d_X509)]
        while let issuers, let issuer = OPENSSL_sk_shift(issuers) {
            certificates.append(Self.written(OpaquePointer(issuer), i2d_X509))
            X509_free(OpaquePointer(issuer))
        }
        OPENSSL_sk_free(issuers)
    }

    private static func i2d_PKCS8(
        _ key: OpaquePointer?, _ bytes: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?
    ) -> Int32 {
        let info = EVP_PKEY2PKCS8(key)
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return i2d_PKCS8_PRIV_KEY_INFO(info, bytes)
    }

    private static func written(
        _ object: OpaquePointer?,
        _ encode: (OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> Data {
        var bytes = [UInt8](repeating: 0, count: max(0, Int(encode(object, nil))))
        bytes.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            _ = encode(object, &position)
        }
        return Data(bytes)
    }
}

/// As `sun.security.provider.JavaKeyStore` of OpenJDK reads it.
extension KeystoreContentsRead {
    init(jks: Data, password: String) throws {
        let secret = Data(password.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] })
        let (content, seal) = (jks.dropLast(20), jks.suffix(20))
        let digest = Insecure.SHA1.hash(data: secret + Data("Mighty Aphrodite".utf8) + content)
        try expect(Data(digest) == Data(seal), "the seal is broken")
        var reader = JavaReader(rest: content)
        try expect(try reader.number(4) == 0xfeed_feed, "the head is another")
        try expect(try [reader.number(4), reader.number(4), reader.number(4)] == [2, 1, 1], "there is not one entry")
        alias = try reader.text()
        _ = try reader.number(8)
        key = try Self.opened(try reader.bytes(Int(reader.number(4))), secret)
        for _ in 0..<(try reader.number(4)) {
            try expect(try reader.text() == "X.509", "a certificate of another kind")
            certificates.append(try reader.bytes(Int(reader.number(4))))
        }
        try expect(reader.rest.isEmpty, "something is left over")
    }

    private static func opened(_ protected: Data, _ password: Data) throws -> Data {
        let content = try DER.sequence(DER.parse(Array(protected)), identifier: .sequence) { fields in
            _ = fields.next()
            return Data(try ASN1OctetString(derEncoded: &fields).bytes)
        }
        let encrypted = content.dropFirst(20).dropLast(20)
        var (pad, key) = (Data(content.prefix(20)), Data())
        for start in stride(from: encrypted.startIndex, to: encrypted.endIndex, by: 20) {
            pad = Data(Insecure.SHA1.hash(data: password + pad))
            key.append(contentsOf: zip(encrypted[start...], pad).map { $0 ^ $1 })
        }
        try expect(Data(Insecure.SHA1.hash(data: password + key)) == content.suffix(20), "the key does not open")
        return key
    }
}

/// `java.io.DataInput`.
private struct JavaReader {
    var rest: Data

    mutating func bytes(_ count: Int) throws -> Data {
        try expect(count <= rest.count, "it ends too early")
        defer { rest = rest.dropFirst(count) }
        return Data(rest.prefix(count))
    }

    mutating func number(_ octets: Int) throws -> UInt64 {
        try bytes(octets).reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func text() throws -> String {
        var units: [UInt16] = []
        var octets = try bytes(Int(number(2)))[...]
        while let first = octets.popFirst() {
            let more = first < 0x80 ? 0 : first < 0xe0 ? 1 : 2
            let start = UInt16(more == 0 ? first : first & (more == 1 ? 0x1f : 0x0f))
            units.append(octets.prefix(more).reduce(start) { $0 << 6 | UInt16($1 & 0x3f) })
            octets = octets.dropFirst(more)
        }
        return String(decoding: units, as: UTF16.self)
    }
}
