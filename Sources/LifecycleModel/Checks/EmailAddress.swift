// SPDX-License-Identifier: Apache-2.0

/// Whether a text can be an e-mail address: enough to catch what was typed wrong, no more (RFC 5321 §4.1.2).
enum EmailAddress {
    static func isPlausible(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64, text.utf8.count <= 254 else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && !labels.contains { $0.isEmpty }
            && !text.contains { $0.isWhitespace || ",;<>\"()[]\\".contains($0) }
    }
}
