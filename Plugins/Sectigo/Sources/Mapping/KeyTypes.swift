// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// SCM's words for keys: `RSA` with `2048`, `EC` with `P-256` in profiles, and `RSA - 2048` or `EC - P-256` in details.
enum KeyTypes {
    static func algorithm(_ kind: String, _ size: String) -> KeyAlgorithm {
        KeyAlgorithm("\(kind.lowercased())-\(size.lowercased().filter { $0 != "-" })")
    }

    static func algorithm(_ text: String) -> KeyAlgorithm? {
        let parts = text.split(separator: " - ", maxSplits: 1).map(String.init)
        return parts.count == 2 ? algorithm(parts[0], parts[1]) : nil
    }
}
