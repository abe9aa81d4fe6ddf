// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import LifecycleModel
import PublicCA
import SwiftASN1

extension KeystoreContents {
    /// Java's older keystore, as `sun.security.provider.JavaKeyStore` and `KeyProtector` of OpenJDK read it.
    ///
    /// Its protection is weak by today's measure (SHA-1, one round); who can choose takes PKCS#12.
    func jks(password: Secret) throws(MaterialError) -> Data {
        var secret = password.reveal(Self.javaCharacters)
        defer { secret.wipe() }
        let protected = try JKSKeyProtector(password: secret).protect(key)
        var store = Data()
        store.append(bigEndian: UInt32(0xFEED_FEED))
        store.append(bigEndian: UInt32(2))
        store.append(bigEndian: UInt32(1))
        // One entry, of the kind that holds a key. Java looks for aliases in lower case.
        store.append(bigEndian: UInt32(1))
        try store.append(javaText: alias.lowercased())
        // The entry is as old as its certificate: the same contents always bear the same date.
        store.append(bigEndian: Int64(leaf.notBefore.timeIntervalSince1970 * 1000))
        store.append(counted: protected)
        store.append(bigEndian: UInt32(certificates.count))
        for certificate in certificates {
            try store.append(javaText: "X.509")
            store.append(counted: certificate)
        }
        var digest = Insecure.SHA1()
        digest.update(data: secret)
        digest.update(data: Data("Mighty Aphrodite".utf8))
        digest.update(data: store)
        return store + Data(digest.finalize())
    }

    /// A password as Java's `char`s: UTF-16, most significant byte first.
    private static func javaCharacters(_ text: String) -> Data {
        Data(text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }
}

/// The encryption of keys in a JKS: a key stream of chained SHA-1 digests.
struct JKSKeyProtector {
    let password: Data
    private static let algorithm: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 42, 2, 17, 1, 1]
    private static let digestLength = 20

    /// Of both one after the other, without a copy of either.
    private static func digest(_ first: Data, _ second: Data) -> Data {
        var digest = Insecure.SHA1()
        digest.update(data: first)
        digest.update(data: second)
        return Data(digest.finalize())
    }

    /// An EncryptedPrivateKeyInfo (RFC 5958 §3) around salt, encrypted key and a digest of the key in clear.
    func protect(_ key: Data) throws(MaterialError) -> Data {
        let salt = SymmetricKey(size: .init(bitCount: Self.digestLength * 8)).withUnsafeBytes { Data($0) }
        var encrypted = Data(capacity: key.count)
        var pad = salt
        for start in stride(from: key.startIndex, to: key.endIndex, by: Self.digestLength) {
            pad = Self.digest(password, pad)
            encrypted.append(contentsOf: zip(key[start...], pad).map { $0 ^ $1 })
        }
        let content = salt + encrypted + Self.digest(password, key)
        return try MaterialError.attempt("the key cannot be written into a JKS keystore") {
            var writer = DER.Serializer()
            try writer.appendConstructedNode(identifier: .sequence) { info in
                try info.appendConstructedNode(identifier: .sequence) { algorithm in
                    try algorithm.serialize(Self.algorithm)
                    try algorithm.serialize(ASN1Null())
                }
                try info.serialize(ASN1OctetString(contentBytes: ArraySlice(content)))
            }
            return Data(writer.serializedBytes)
        }
    }
}

extension Data {
    fileprivate mutating func append(bigEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(counted bytes: Data) {
        append(bigEndian: UInt32(bytes.count))
        append(bytes)
    }

    /// Text as `java.io.DataOutput.writeUTF` writes it: counted, each UTF-16 unit in one to three bytes.
    fileprivate mutating func append(javaText text: String) throws(MaterialError) {
        let bytes = text.utf16.flatMap { unit -> [UInt8] in
            switch unit {
            case 1...0x7F: [UInt8(unit)]
            case 0...0x7FF: [0xC0 | UInt8(unit >> 6), 0x80 | UInt8(unit & 0x3F)]
            default: [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
            }
        }
        guard let count = UInt16(exactly: bytes.count) else {
            throw MaterialError("the name of the entry is too long")
        }
        append(bigEndian: count)
        append(contentsOf: bytes)
    }
}
