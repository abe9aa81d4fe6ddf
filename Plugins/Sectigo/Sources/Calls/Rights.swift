// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// An administrator's roles and privileges.
struct AccountRights: Sendable {
    /// In SCM's spelling, each once.
    var roles: [String]
    /// Empty where they are not told.
    var privileges: [String] = []

    /// Master registration authority officer: sees and does everything.
    static let master = "MRAO"
    /// Roles that may order server certificates, of an organization or of a department.
    static let server = ["RAO_SSL", "DRAO_SSL"]

    static let needed: [(operation: AccountOperation, privilege: String)] = [
        (.order, "sslRequest"), (.renew, "sslRenew"), (.reissue, "sslReplace"), (.revoke, "sslRevoke"),
    ]
}

/// SCM has no call that tells everybody their own role. What there is differs by host and role, and is tried in turn.
extension SectigoProvider {
    private static let purpose = "reading the account's role"

    /// `nil` where no way leads to it.
    func rights() async throws(ProviderError) -> AccountRights? {
        if let rights = try await ownEntry() { return rights }
        // Only the highest role may read this list.
        if try await probed(["ca-backend", "v1"], as: Listing.self) != nil {
            return AccountRights(roles: [AccountRights.master])
        }
        for role in [AccountRights.master] + AccountRights.server where try await manages(as: role) {
            return AccountRights(roles: [role])
        }
        return nil
    }

    /// By the user's own entry in the list of administrators, where the account may read it.
    private func ownEntry() async throws(ProviderError) -> AccountRights? {
        guard let user = login.user else { return nil }
        let rows = try await probed(
            ["admin", "v1"], query: [(name: "login", value: user)], as: [ListRow<AdministratorRow>].self)
        let candidates = (rows ?? []).compactMap(\.readable).filter { $0.login?.isSameLogin(as: user) ?? true }
        // More than a few are not narrowed to the user at all.
        for row in candidates.prefix(5) {
            let details = try await probed(["admin", "v1", "\(row.id)"], as: Administrator.self)
            guard let details, (details.login ?? row.login)?.isSameLogin(as: user) ?? (candidates.count == 1) else {
                continue
            }
            return details.rights
        }
        return nil
    }

    /// By what the account manages in a role; the two manuals differ in the path.
    private func manages(as role: String) async throws(ProviderError) -> Bool {
        for path in ["managedBy", "managed-by"] {
            let list = try await probed(["organization", "v1", path, role], as: Listing.self)
            if let list { return !list.isEmpty }
        }
        return false
    }

    /// As ``shown(_:_:query:as:)``, and `nil` also where the answer is a page or says something else: that is how a host
    /// may answer a call that it does not know.
    func probed<Answer: Decodable>(
        _ path: [String], _ purpose: String = SectigoProvider.purpose, query: [(name: String, value: String)] = [],
        as type: Answer.Type
    ) async throws(ProviderError) -> Answer? {
        let reply = try await JSONCall(.get, path, purpose, query: query)
            .send(to: reading) { $0.response.status.kind == .successful || FailureCodes.isForbidden($0) }
        guard reply.response.status.kind == .successful else { return nil }
        let isPage = reply.body.first { $0 > 0x20 } == UInt8(ascii: "<")
        guard isPage || reply.json(Whatever.self) != nil else {
            throw ProviderError(.transient(retryAfter: nil), "\(purpose): SCM's answer cannot be understood")
        }
        return reply.json(type)
    }
}

/// Whatever is JSON.
private struct Whatever: Decodable {
    init(from decoder: any Decoder) throws {}
}

/// That there is a list, and something in it, is all that is asked.
private struct Listing: Decodable {
    var isEmpty: Bool

    init(from decoder: any Decoder) throws { isEmpty = try decoder.unkeyedContainer().isAtEnd }
}

private struct AdministratorRow: Decodable, Sendable {
    @Lenient var id: Int
    @Lenient var login: String?
}

private struct Administrator: Decodable {
    struct Credential: Decodable, Sendable {
        @Lenient var role: String
    }

    @Lenient var login: String?
    var credentials: [ListRow<Credential>]?
    @Lenient var privileges: [String]?

    /// `nil` where no role is told.
    var rights: AccountRights? {
        let told = (credentials ?? []).compactMap(\.readable).map {
            $0.role.uppercased().split { !$0.isLetter }.joined(separator: "_")
        }
        let roles = told.reduce(into: [String]()) { roles, role in if !roles.contains(role) { roles.append(role) } }
        return roles.isEmpty ? nil : AccountRights(roles: roles, privileges: privileges ?? [])
    }
}

extension String {
    fileprivate func isSameLogin(as other: String) -> Bool { lowercased() == other.lowercased() }
}
