// SPDX-License-Identifier: Apache-2.0

/// SCM's words for how far a validation is, of domains and of organizations alike.
enum ValidationWords {
    /// `nil` for a word that is not known: nothing is refused for that.
    static func isValidated(_ word: String) -> Bool? {
        switch word.plainWord {
        case "validated": true
        case "notvalidated", "expired", "notinitiated", "actionrequired", "pending", "failed", "rejected": false
        default: nil
        }
    }
}
