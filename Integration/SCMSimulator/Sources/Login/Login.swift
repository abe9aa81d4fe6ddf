// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Whether a caller is let in.
enum Access: Sendable {
    case granted(Administrator)
    case denied(Answer)
}

extension Books {
    /// Three ways in: headers with a password, a client certificate under `/private`, a bearer token.
    mutating func access(_ call: Call) -> Access {
        if let authorization = call.headers["authorization"] { return bearer(authorization, call) }
        guard let login = call.headers["login"], !login.isEmpty else { return denied(.unknownUser, call) }
        guard let customer = call.headers["customeruri"], customer == world.customer else {
            return denied(quirks.unknownCustomer, call)
        }
        guard let person = world.administrators.first(where: { $0.login == login }) else {
            return denied(quirks.wrongPassword, call)
        }
        if call.path.hasPrefix("/private/") {
            guard let serial = call.clientSerial, serial == clientSerials[login], call.headers["password"] == nil else {
                return denied(.unknownUser, call)
            }
        } else {
            guard call.headers["password"] == person.password else {
                failedLogins[login, default: 0] += 1
                return denied(quirks.wrongPassword, call)
            }
            if passwordState(person) == "EXPIRED" { return denied(quirks.expiredPassword, call) }
        }
        if person.type == "IDP" { return denied(.unknownUser, call) }
        return .granted(person)
    }

    private mutating func bearer(_ authorization: String, _ call: Call) -> Access {
        let words = authorization.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer", let token = tokens[String(words[1])],
            token.expires > now, let person = world.administrators.first(where: { $0.login == token.login })
        else { return denied(.unknownUser, call) }
        return .granted(person)
    }

    func passwordState(_ person: Administrator) -> String {
        let state = person.passwordState ?? "NEVER_EXPIRE"
        guard state == "ALIVE", let expiry = passwordExpiry(person), expiry <= now else { return state }
        return "EXPIRED"
    }

    func passwordExpiry(_ person: Administrator) -> Date? {
        person.passwordExpiresInDays.map { start.addingTimeInterval(Double($0) * 86_400) }
    }

    private func denied(_ refusal: Quirks.LoginRefusal, _ call: Call) -> Access {
        var answer =
            switch refusal {
            case .unknownUser: Refusal.unknownUser.answer
            case .wrongLogin: Refusal.wrongLogin.answer
            case .customerNotFound: Refusal.unknownCustomer.answer
            case .emptyBody: Answer(status: 401)
            case .plainText: Answer.text("Unauthorized", status: 401)
            }
        if answer.status == 401 { answer.headers["WWW-Authenticate"] = challenge(call) }
        return .denied(answer)
    }
}
