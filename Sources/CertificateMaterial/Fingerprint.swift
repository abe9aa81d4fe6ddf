// SPDX-License-Identifier: Apache-2.0

import Crypto
public import FoundationEssentials

/// Names bytes by their SHA-256 digest (FIPS 180-4).
public enum Fingerprint {
    /// 64 lower-case hex digits.
    public static func sha256(_ data: Data) -> String { hex(SHA256.hash(data: data)) }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
