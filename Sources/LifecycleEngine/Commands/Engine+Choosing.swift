// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

/// What a person named, found in a catalog by id or by name.
extension LifecycleEngine {
    func choose(
        _ text: String, among profiles: [CertificateProfile], _ account: AccountRecord,
        _ problems: inout [RequestProblem]
    ) -> CertificateProfile? {
        if let exact = profiles.first(where: { $0.id.rawValue == text }) { return exact }
        let named = profiles.filter { $0.name.lowercased() == text.lowercased() }
        if named.count == 1 { return named.first }
        if named.count > 1 {
            let ids = named.map(\.id.rawValue).joined(separator: ", ")
            problems.append(
                RequestProblem("\(named.count) profiles are called \"\(text)\"", hint: "choose by id: \(ids)"))
            return nil
        }
        guard !profiles.isEmpty else {
            problems.append(
                RequestProblem(
                    "no profile of account \(account.name) is known here", hint: "publicca account sync \(account.name)"
                ))
            return nil
        }
        problems.append(
            RequestProblem(
                "there is no profile \"\(text)\"",
                hint: suggestion(for: text, among: profiles.map(\.name), .profiles, account)))
        return nil
    }

    /// An organization has to be named where the profile is only offered to some; a single one goes without saying.
    func choose(
        _ text: String?, for profile: CertificateProfile?, among organizations: [Organization],
        _ account: AccountRecord,
        _ problems: inout [RequestProblem]
    ) -> Organization? {
        guard let text else {
            guard let allowed = profile?.organizations else { return nil }
            let offered = organizations.filter { allowed.contains($0.id) }
            if offered.count == 1 { return offered.first }
            let names = offered.prefix(5).map { "\"\($0.name)\"" }.joined(separator: ", ")
            problems.append(
                RequestProblem("an organization is needed for this profile", hint: "add --organization: \(names)"))
            return nil
        }
        if let exact = organizations.first(where: { $0.id.rawValue == text }) { return exact }
        let named = organizations.filter { $0.name.lowercased() == text.lowercased() }
        if named.count == 1 { return named.first }
        if named.count > 1 {
            let ids = named.map(\.id.rawValue).joined(separator: ", ")
            problems.append(
                RequestProblem("\(named.count) organizations are called \"\(text)\"", hint: "choose by id: \(ids)"))
            return nil
        }
        problems.append(
            RequestProblem(
                "there is no organization \"\(text)\"",
                hint: suggestion(for: text, among: organizations.map(\.name), .organizations, account)))
        return nil
    }

    private func suggestion(
        for text: String, among names: [String], _ catalog: CatalogKind, _ account: AccountRecord
    ) -> String {
        let nearest = NearestNames.to(text, among: names)
        guard nearest.isEmpty else {
            return "did you mean \(nearest.map { "\"\($0)\"" }.joined(separator: " or "))?"
        }
        let see = "see: publicca catalog \(catalog.rawValue) --account \(account.name)"
        return age(of: catalog, account)?.hint(see) ?? see
    }

    /// `nil` before it was ever read in full.
    func age(of catalog: CatalogKind, _ account: AccountRecord) -> CatalogAge? {
        account.lastSync[catalog].map {
            CatalogAge(account: account.name, catalog: catalog, readAt: $0, now: time.now())
        }
    }
}
