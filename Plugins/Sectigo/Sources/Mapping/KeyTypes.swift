// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// SCM's words for keys: `RSA` with `2048`, `EC` with `P-256` in profiles, and `RSA - 2048` or `EC - P-256` in details.
enum KeyTypes {
    static func algorithm(_ kind: String, _ size: String) -> KeyAlgorithm {
        let kind = kind.plainWord
        let size = size.plainWord
        guard ["ec", "ecc", "ecdsa"].contains(kind) else { return KeyAlgorithm("\(kind)-\(size)") }
        // Older answers tell the bits of a curve alone.
        return KeyAlgorithm("ec-\(size.allSatisfy(\.isNumber) ? "p" : "")\(size)")
    }

    static func algorithm(_ text: String) -> KeyAlgorithm? {
        let parts = text.split(maxSplits: 1) { $0 == " " || $0 == "-" }.map(String.init)
        guard parts.count == 2, !parts[1].plainWord.isEmpty else { return nil }
        return algorithm(parts[0], parts[1])
    }
}
