// SPDX-License-Identifier: Apache-2.0

import Crypto
public import FoundationEssentials

/// Names bytes by their SHA-256 digest (FIPS 180-4).
public enum Fingerprint {
    /// 64 lower-case hex digits.
    public static func sha256(_ data: Data) -> String { hex(SHA256.hash(data: data)) }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
