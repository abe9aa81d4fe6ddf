// SPDX-License-Identifier: Apache-2.0

/// Words with two spellings: constants in filters, readable text in answers.
struct Vocabulary: Sendable {
    let parameter: String
    /// Readable text by constant.
    let words: [String: String]

    /// The readable text for either spelling; only for the constant where servers are strict.
    func text(_ word: String, strict: Bool) -> String? {
        words[word.uppercased()] ?? (strict ? nil : words.values.first { $0.lowercased() == word.lowercased() })
    }

    static let installStatus = Vocabulary(
        parameter: "installStatus",
        words: [
            "NONE": "Not configured", "NOT_STARTED": "Not started", "SCHEDULED": "Installation scheduled",
            "INSTALLING": "Installation processing", "COMPLETED": "Completed", "INVALID": "Invalid configuration",
        ])

    static let renewalStatus = Vocabulary(
        parameter: "renewalStatus",
        words: [
            "NOT_SCHEDULED": "Not scheduled", "SCHEDULED": "Scheduled", "STARTED": "Started",
            "SUCCESSFUL": "Successful", "FAILED": "Failed",
        ])

    static let requestedVia = Vocabulary(
        parameter: "requestedVia",
        words: [
            "WEB_FORM": "Enrollment Form", "CLIENT_ADMIN": "Client Admin", "API": "Web API", "DISCOVERY": "Discovery",
            "IMPORTED": "Imported", "SCEP": "SCEP", "CD_AGENT": "CD Agent", "MS_AGENT": "MS Agent", "MS_CA": "MS CA",
            "BULK_REQUEST": "Bulk Request", "ACME": "ACME", "EST": "EST", "REST": "REST API",
        ])
}

extension Enrolment {
    func text(of vocabulary: Vocabulary) -> String {
        switch vocabulary.parameter {
        case "installStatus": "Not configured"
        case "renewalStatus": "Not scheduled"
        default: requestedVia
        }
    }
}
