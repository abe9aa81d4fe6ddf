// SPDX-License-Identifier: Apache-2.0

import ProviderHTTP
import PublicCA

/// What SCM's own numbers change about the verdict of `ReplyClassifier`: nearly everything is a 400 there. Numbers that
/// change nothing are left out.
enum FailureCodes {
    /// The certificate is not there yet, in the several ways of saying so.
    static let notReady: Set<Int> = [0, -103, -109, -130, -169, -183, -1400]
    static let alreadyRevoked = -159
    static let revokedAndGone = -110
    static let wrongState = -1112

    /// The organization is there, and this is not for it.
    static let closedOrganization: Set<Int> = [-639, -1021, -1023]

    private static let nothingHappened: Set<Int> = [-140, -3114, -3115]
    /// SCM itself, or its way to the CA, failed in the middle.
    private static let failedInside: Set<Int> = [-1, -2, -14, -65, -129, -195, -196]
    private static let refusedAccount: [Int: String] = [
        -16: "SCM does not know this user with this password",
        -970: "SCM refuses the login: the password is wrong, or has expired",
        -410: "SCM does not know this customer URI", -429: "this customer has no login at SCM",
    ]
    private static let unknown: Set<Int> = [-124, -1104, -1117, -5101]

    static func refine(_ reply: HTTPReply, _ error: ProviderError, as effect: CallEffect) -> ProviderError {
        guard let failure = reply.json(FailureAnswer.self) else { return error }
        var error = error
        error.wording = [failure.code.map { "\($0)" }, failure.description].compactMap { $0 }.joined(separator: " ")
        guard let code = failure.code else { return error }
        if let why = refusedAccount[code] {
            error.disposition = .account
            error.summary += ": \(why)"
        } else if notReady.contains(code), effect == .read {
            error.disposition = .transient(retryAfter: .seconds(10))
        } else if nothingHappened.contains(code) {
            error.disposition = .transient(retryAfter: nil)
        } else if failedInside.contains(code) {
            error.disposition =
                effect == .read ? .transient(retryAfter: nil) : .ambiguous(settle: SectigoProvider.settleTime)
        } else if code == -993 {
            // Ordering is stopped for the customer; everything else goes on.
            error.disposition = .transient(retryAfter: .seconds(3600))
        } else if unknown.contains(code) {
            error.disposition = effect == .read ? .notFound : .rejected
        }
        return error
    }

    /// SCM's number; `nil` where the reply is not one of its own failures.
    static func code(in reply: HTTPReply) -> Int? { reply.json(FailureAnswer.self)?.code }
}

private struct FailureAnswer: Decodable {
    var code: Int?
    var description: String
}
