// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    func check() async throws(ProviderError) -> AccountReport {
        var report = AccountReport()
        try await reading.renewToken()
        if let password = try await passwordState() { report.read(password, at: now()) }
        // Every login may list organizations, so that a wrong one is found here at the latest.
        let organizations = try await forCheck.firstOrganizations()
        if let rights = try await rights() {
            report.read(rights)
        } else {
            report.warnings.append(
                "SCM does not tell the role of this account: where it is not MRAO, some organizations and domains are not seen"
            )
        }
        for organization in organizations {
            guard let problem = organization.orderingProblem else { continue }
            report.warnings.append("nothing can be ordered for organization \"\(organization.name)\": \(problem)")
        }
        return report
    }

    private func firstOrganizations() async throws(ProviderError) -> [Organization] {
        do throws(ProviderError) {
            return try await listOrganizations(after: nil).items
        } catch {
            guard error.disposition == .notFound else { throw error }
            throw ProviderError(.rejected, "checking the login: SCM's API is not at \(reading)", wording: error.wording)
        }
    }

    /// The cheapest call that needs a login. It tells about a password, which other logins do without: what SCM says then
    /// is not about them. `nil` where the host does not know the call.
    private func passwordState() async throws(ProviderError) -> PasswordAnswer? {
        let answer = try await probed(["admin", "v1", "password"], "checking the login", as: PasswordAnswer.self)
        if case .password = login { return answer }
        return nil
    }
}

private struct PasswordAnswer: Decodable {
    @Lenient var expirationDate: String?
    @Lenient var state: String?
}

extension AccountReport {
    fileprivate mutating func read(_ password: PasswordAnswer, at now: Date) {
        let state = password.state?.plainWord
        if state == "expired" {
            warnings.append("the password has expired: change it in the portal, or nothing will work")
        }
        guard state != "neverexpire", let end = password.expirationDate.flatMap({ SectigoDates.date($0) }) else {
            return
        }
        credentialsExpireAt = end
        if end > now, end < now.addingTimeInterval(30 * 86_400) {
            let day = end.formatted(.iso8601.year().month().day())
            warnings.append("the password ends on \(day): change it before, or nothing will work from then on")
        }
    }

    fileprivate mutating func read(_ rights: AccountRights) {
        roles = rights.roles
        guard !roles.contains(AccountRights.master) else { return }
        let held = roles.joined(separator: ", ")
        if AccountRights.server.allSatisfy({ !roles.contains($0) }) {
            let reason = "its roles (\(held)) are not for server certificates"
            restrictions = [.order, .renew, .reissue, .revoke, .cancel].map { Restriction($0, reason) }
            return
        }
        warnings.append("the role is \(held), not MRAO: only its own organizations, their domains and orders are seen")
        guard !rights.privileges.isEmpty else { return }
        for (operation, privilege) in AccountRights.needed
        where !rights.privileges.contains(where: { $0.plainWord == privilege.plainWord }) {
            restrictions.append(Restriction(operation, "it lacks the privilege \(privilege)"))
        }
    }
}
