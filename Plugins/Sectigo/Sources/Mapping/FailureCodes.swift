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
    /// The login is refused; why, the login itself knows best.
    static let refusedAccount: Set<Int> = [-16, -410, -429, -970]
    /// One thing is not for this account, under whatever status: everything else goes on.
    private static let refusedAction: Set<Int> = [-3, -25, -37]
    private static let unknown: Set<Int> = [-124, -1104, -1117, -5101]

    static func refine(_ reply: HTTPReply, _ error: ProviderError, as effect: CallEffect) -> ProviderError {
        guard let failure = reply.json(FailureAnswer.self) else { return error }
        let words = [failure.number.map { "\($0)" }, failure.description].compactMap { $0 }.joined(separator: " ")
        guard !words.isEmpty else { return error }
        var error = error
        error.wording = words
        guard let code = failure.number else { return error }
        if refusedAccount.contains(code) {
            error.disposition = .account
        } else if refusedAction.contains(code) {
            error.disposition = .rejected
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
    static func code(in reply: HTTPReply) -> Int? { reply.json(FailureAnswer.self)?.number }
}

/// Read leniently: an odd half must not hide the other.
private struct FailureAnswer: Decodable {
    /// A number, or a text that is one.
    struct Code: Decodable, Sendable {
        var number: Int?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            // What is no number can only be a text.
            number = try (try? container.decode(Int.self)) ?? Int(container.decode(String.self))
        }
    }

    @Lenient var code: Code?
    @Lenient var description: String?

    var number: Int? { code?.number }
}
