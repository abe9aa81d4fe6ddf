// SPDX-License-Identifier: Apache-2.0

import ProviderHTTP
import PublicCA

/// What the CA's own codes change about the verdict of `ReplyClassifier`. Codes that change nothing are left out.
enum FailureCodes {
    static let alreadyRevoked = "already-revoked"
    static let tooLate = "too-late"

    static func refine(_ reply: HTTPReply, _ error: ProviderError) -> ProviderError {
        var error = error
        switch code(in: reply) {
        // 400, but it passes: the CA locks an order while its people edit it.
        case "order-locked": error.disposition = .transient(retryAfter: .seconds(60))
        // 400, but no other order would fare better.
        case "credit-exhausted", "contract-ended": error.disposition = .account
        default: break
        }
        return error
    }

    /// The CA's code; `nil` where the reply is not one of the CA's own failures.
    static func code(in reply: HTTPReply) -> String? { reply.json(FailureAnswer.self)?.error.code }
}

private struct FailureAnswer: Decodable {
    struct Failure: Decodable {
        var code: String
    }

    var error: Failure
}
