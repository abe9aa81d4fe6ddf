// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoLogin {
    /// Adds what a refused login means to whoever can mend it. SCM uses one number for several reasons, and sometimes says
    /// nothing at all.
    func explain(_ error: ProviderError, _ reply: HTTPReply) -> ProviderError {
        guard error.disposition == .account else { return error }
        let code = FailureCodes.code(in: reply)
        guard code.map(FailureCodes.refusedAccount.contains) ?? (reply.response.status != .forbidden) else {
            return error
        }
        var error = error
        error.summary += ": \(words(code))"
        return error
    }

    private func words(_ code: Int?) -> String {
        switch (self, code) {
        case (_, -410): "SCM does not know this customer URI"
        case (_, -429): "this customer has no login at SCM"
        case (.password, -970): "SCM refuses the login: the password is wrong, or has expired"
        case (.password, -16):
            "SCM does not know this user with this password under this customer URI, or the password has expired"
        case (.password, _):
            "SCM refuses the login and does not say why: user, password or customer URI is wrong, or the password has expired"
        case (.certificate, _):
            "SCM refuses the login: the client certificate is not this user's, or user or customer URI is wrong"
        case (.key, _): "SCM refuses the access token of this API key"
        }
    }
}
