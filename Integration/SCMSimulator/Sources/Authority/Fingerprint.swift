// SPDX-License-Identifier: Apache-2.0

import Crypto

/// Bytes as SCM shows them.
enum Hexadecimal {
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func text(_ bytes: some Sequence<UInt8>, colons: Bool = false) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            if colons, !text.isEmpty { text.append(UInt8(ascii: ":")) }
            text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The same serial number, however written: colons, case and leading zeros aside.
    static func plain(_ text: String) -> String {
        let digits = text.uppercased().filter { $0 != ":" && $0 != " " }
        let significant = digits.drop { $0 == "0" }
        return significant.isEmpty ? digits : String(significant)
    }
}

/// The hashes by which certificates are known.
enum Fingerprint {
    static func md5(_ der: [UInt8]) -> String { Hexadecimal.text(Insecure.MD5.hash(data: der)) }
    static func sha1(_ der: [UInt8]) -> String { Hexadecimal.text(Insecure.SHA1.hash(data: der)) }
    static func sha256(_ der: [UInt8]) -> String { Hexadecimal.text(SHA256.hash(data: der)) }
}
