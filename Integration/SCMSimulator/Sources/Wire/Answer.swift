// SPDX-License-Identifier: Apache-2.0

/// What goes back to the client, before a fault has its way with it.
struct Answer: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    static func json(_ value: JSON, status: Int = 200, total: Int? = nil) -> Answer {
        var headers = ["Content-Type": "application/json"]
        headers["X-Total-Count"] = total.map { String($0) }
        return Answer(status: status, headers: headers, body: value.bytes)
    }

    static func text(_ text: String, status: Int, type: String = "text/plain") -> Answer {
        Answer(status: status, headers: ["Content-Type": type], body: Array(text.utf8))
    }

    /// Success without a word: revocation, replacement, approval.
    static let nothing = Answer(status: 204)
    /// Success without a word where SCM says 200.
    static let empty = Answer()
}
