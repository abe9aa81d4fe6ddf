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

    /// One of them differs: the manuals write `SAApproved` and `SA Approved`.
    static let status = Vocabulary(
        parameter: "status",
        words: [
            "INIT": "Init", "REQUESTED": "Requested", "APPROVED": "Approved", "SAAPPROVED": "SA Approved",
            "APPLIED": "Applied", "ISSUED": "Issued", "DECLINED": "Declined", "INVALID": "Invalid",
            "REJECTED": "Rejected", "REVOKED": "Revoked", "EXPIRED": "Expired", "REPLACED": "Replaced",
            "UNMANAGED": "Unmanaged",
        ])

    static let installStatus = Vocabulary(
        parameter: "installStatus",
        words: [
            "NONE": "Not configured", "NOT_STARTED": "Not started", "KEY_PROCESSING": "Key processing",
            "KEY_READY": "Key and CSR ready", "CERT_PROCESSING": "Certificate processing",
            "SCHEDULED": "Installation scheduled", "INSTALLING": "Installation processing",
            "ACTION_REQUIRED": "Action required", "READY_FOR_INSTALL": "Ready for install",
            "NEED_SERVER_RESTART": "Server restart required", "COMPLETED": "Completed",
            "INVALID": "Invalid configuration",
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
