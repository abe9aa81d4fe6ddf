// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

extension SectigoProvider {
    func check() async throws(ProviderError) -> AccountReport {
        var report = AccountReport()
        if let password = try await passwordState() { report.read(password, at: now()) }
        if let rights = try await rights() {
            report.read(rights)
        } else if try await isMaster() {
            report.roles = [AccountRights.master]
        } else {
            report.warnings.append(
                "SCM does not tell the role of this account: where it is not MRAO, some organizations and domains are not seen"
            )
        }
        for organization in try await listOrganizations(after: nil).items {
            guard let problem = organization.orderingProblem else { continue }
            report.warnings.append("nothing can be ordered for organization \"\(organization.name)\": \(problem)")
        }
        return report
    }

    /// The cheapest call that needs a login; SCM answers it to users. `nil` where it is refused to API keys.
    private func passwordState() async throws(ProviderError) -> PasswordAnswer? {
        try await JSONCall(.get, ["admin", "v1", "password"], "checking the login")
            .send(to: reading, for: PasswordAnswer.self) {
                self.login.user == nil && self.isRefusal($0)
            }
    }

    /// What the account may do, by its own entry in the list of administrators; `nil` where it may not read that.
    private func rights() async throws(ProviderError) -> AccountRights? {
        guard let user = login.user else { return nil }
        let list = try await JSONCall(
            .get, ["admin", "v1"], "reading the account's role", query: [(name: "login", value: user)]
        ).send(to: reading, for: [AdministratorRow].self, orNothingWhere: isRefusal)
        guard let id = list?.first(where: { $0.login == nil || $0.login == user })?.id else { return nil }
        return try await JSONCall(.get, ["admin", "v1", "\(id)"], "reading the account's role")
            .send(to: reading, for: AccountRights.self, orNothingWhere: isRefusal)
    }

    /// A call that only the highest role may make.
    private func isMaster() async throws(ProviderError) -> Bool {
        try await JSONCall(.get, ["ca-backend", "v1"], "reading the account's role")
            .send(to: reading, for: [BackendRow].self, orNothingWhere: isRefusal) != nil
    }

    /// The login works: this one thing is not for this account.
    private func isRefusal(_ reply: HTTPReply) -> Bool { [400, 403, 404].contains(reply.response.status.code) }
}

private struct PasswordAnswer: Decodable {
    @Lenient var expirationDate: String?
    @Lenient var state: String?
}

/// That there is a list of them is all that is asked.
private struct BackendRow: Decodable {}

private struct AdministratorRow: Decodable {
    var id: Int
    var login: String?
}

/// An administrator's roles and privileges.
struct AccountRights: Decodable {
    struct Credential: Decodable {
        var role: String
    }

    var credentials: [Credential]?
    var privileges: [String]?

    /// Master registration authority officer: sees and does everything.
    static let master = "MRAO"
    /// Roles that may order server certificates, of an organization or of a department.
    static let server: Set<String> = ["RAO_SSL", "DRAO_SSL"]

    static let needed: [(operation: AccountOperation, privilege: String)] = [
        (.order, "sslRequest"), (.renew, "sslRenew"), (.reissue, "sslReplace"), (.revoke, "sslRevoke"),
    ]
}

extension AccountReport {
    fileprivate mutating func read(_ password: PasswordAnswer, at now: Date) {
        if password.state?.uppercased() == "EXPIRED" {
            warnings.append("the password has expired: change it in the portal, or nothing will work")
        }
        guard password.state?.uppercased() != "NEVER_EXPIRE",
            let end = password.expirationDate.flatMap({ SectigoDates.date($0) })
        else { return }
        credentialsExpireAt = end
        if end > now, end < now.addingTimeInterval(30 * 86_400) {
            let day = end.formatted(.iso8601.year().month().day())
            warnings.append("the password ends on \(day): change it before, or nothing will work from then on")
        }
    }

    fileprivate mutating func read(_ rights: AccountRights) {
        roles = (rights.credentials ?? []).map(\.role).reduce(into: []) { roles, role in
            if !roles.contains(role) { roles.append(role) }
        }
        guard !roles.contains(AccountRights.master) else { return }
        let held = roles.joined(separator: ", ")
        if AccountRights.server.isDisjoint(with: roles) {
            let reason = "its roles (\(held)) are not for server certificates"
            restrictions = [.order, .renew, .reissue, .revoke, .cancel].map { Restriction($0, reason) }
            return
        }
        warnings.append("the role is \(held), not MRAO: only its own organizations, their domains and orders are seen")
        guard let privileges = rights.privileges, !privileges.isEmpty else { return }
        for (operation, privilege) in AccountRights.needed where !privileges.contains(privilege) {
            restrictions.append(Restriction(operation, "it lacks the privilege \(privilege)"))
        }
    }
}
