// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
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

    /// Not for this account, or not for this organization, under whatever status; the login itself is good.
    private static let forbidden: Set<Int> = [-3, -25, -37, -226]
    /// The request, or a value in it, is not written as SCM wants it.
    private static let notUnderstood: Set<Int> = [-7, -1002, -1601]
    private static let nothingHappened: Set<Int> = [-109, -140, -3114, -3115]
    /// SCM itself, or its way to the CA, failed in the middle; or it is at work on something that may be this.
    private static let failedInside: Set<Int> = [0, -1, -2, -14, -65, -129, -195, -196, -1400]
    /// The login is refused; why, the login itself knows best.
    static let refusedAccount: Set<Int> = [-16, -410, -429, -970]
    static let unknown: Set<Int> = [-124, -166, -1104, -1117, -5101]

    /// What a call is for.
    enum Use {
        case read, write
        /// A reading that every login may make.
        case check
    }

    static func refine(_ reply: HTTPReply, _ error: ProviderError, as use: Use) -> ProviderError {
        let failure = FailureAnswer(reply)
        var error = error
        error.wording = failure?.wording ?? error.wording
        guard let code = failure?.code else {
            return reply.response.status == .forbidden ? forbid(error, as: use) : error
        }
        if refusedAccount.contains(code) {
            error.disposition = .account
        } else if notReady.contains(code), use != .write {
            error.disposition = .transient(retryAfter: .seconds(10))
        } else if nothingHappened.contains(code) {
            error.disposition = .transient(retryAfter: nil)
        } else if failedInside.contains(code) {
            error.disposition =
                use != .write ? .transient(retryAfter: nil) : .ambiguous(settle: SectigoProvider.settleTime)
        } else if code == -993 {
            // Ordering is stopped for the customer; everything else goes on.
            error.disposition = .transient(retryAfter: .seconds(3600))
        } else if unknown.contains(code) {
            error.disposition = use != .write ? .notFound : .rejected
        } else if forbidden.contains(code) || reply.response.status == .forbidden {
            // Even with status 401 or 403: the account may do other things.
            error.disposition = .rejected
        }
        return error
    }

    /// A 403 without a number of SCM's says nothing of the login, and may be from whatever stands before SCM, which refuses
    /// one call and lets others pass. It is the login's only where a check meets it.
    private static func forbid(_ error: ProviderError, as use: Use) -> ProviderError {
        var error = error
        error.summary += ": SCM, or something before it, forbids this request"
        switch use {
        case .read: error.disposition = .transient(retryAfter: nil)
        case .write: error.disposition = .rejected
        case .check: error.disposition = .account
        }
        return error
    }

    /// SCM's number; `nil` where the reply is not one of its own failures.
    static func code(in reply: HTTPReply) -> Int? { FailureAnswer(reply)?.code }

    /// Whether a call was refused for how it is written, as far as is told: nothing has happened then.
    static func isNotUnderstood(_ reply: HTTPReply) -> Bool {
        code(in: reply).map(notUnderstood.contains) ?? (reply.response.status == .badRequest)
    }

    /// Whether a reading was refused in a way that says nothing about the account as a whole: what was asked for is not for
    /// it, is not known, or the server does not know the call.
    static func isForbidden(_ reply: HTTPReply) -> Bool {
        guard [400, 403, 404, 405, 410].contains(reply.response.status.code) else { return false }
        guard let code = code(in: reply) else { return true }
        if [404, 405, 410].contains(reply.response.status.code) { return !refusedAccount.contains(code) }
        return !refusedAccount.contains(code) && !notReady.contains(code) && !failedInside.contains(code)
            && !nothingHappened.contains(code)
    }
}

/// SCM's own body of a failure. One manual wants the number, the other the text alone.
private struct FailureAnswer: Decodable {
    @Lenient var code: Int?
    @Lenient var description: String?
    @Lenient var details: String?

    /// `nil` for what is not one.
    init?(_ reply: HTTPReply) {
        guard let answer = reply.json(FailureAnswer.self), answer.code != nil || answer.description != nil else {
            return nil
        }
        self = answer
    }

    /// `nil` where it says nothing that can be understood.
    var wording: String? {
        let words = [code.map { "\($0)" }, description, details].compactMap { $0 }.filter { !$0.isEmpty }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
