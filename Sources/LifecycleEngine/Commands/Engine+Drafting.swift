// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
public import PublicCA

extension LifecycleEngine {
    /// Resolves and checks a wish against the catalogs. Writes nothing and asks no CA.
    ///
    /// Throws `badInput` with everything that is wrong, `refused` where the account may not order, or `notFound` for the
    /// account.
    public func draft(_ wish: OrderWish) async throws(LifecycleError) -> OrderDraft {
        let account = try await account(named: wish.account)
        try account.permit(.order)
        return try await commanded { try await draft(wish, of: account) }
    }

    private func draft(_ wish: OrderWish, of account: AccountRecord) async throws -> OrderDraft {
        var problems: [RequestProblem] = []
        let profiles = try await catalog(.profiles, of: account.name).compactMap(\.item.profile)
        let organizations = try await catalog(.organizations, of: account.name).compactMap(\.item.organization)
        let profile = choose(wish.profile, among: profiles, account, &problems)
        let organization = choose(wish.organization, for: profile, among: organizations, account, &problems)

        var request: CertificateSigningRequest?
        var requestFacts: SigningRequestFacts?
        if let bytes = wish.signingRequest {
            (request, requestFacts) = readRequest(bytes, &problems)
        }
        let names = readNames(wish, requestFacts, &problems)
        let algorithm = requestFacts?.keyAlgorithm ?? wish.keyAlgorithm ?? profile?.defaultKey ?? .rsa2048
        let details = OrderDetails(
            commonName: names.first?.text ?? wish.commonName, alternativeNames: names, profile: profile?.id,
            organization: organization?.id, term: wish.term ?? profile?.terms.max(), keyAlgorithm: algorithm,
            comments: wish.comments, requesterEmails: wish.requesterEmails, fields: wish.fields)
        if let keystore = wish.keystore, keystore.format.needsPassword, keystore.password == nil {
            problems.append(
                RequestProblem(
                    "a \(keystore.format.rawValue) keystore needs a password", hint: "add --keystore-password SOURCE"))
        }
        if wish.signingRequest != nil, wish.keystore != nil {
            problems.append(
                RequestProblem("with a CSR there is no key here for a keystore", hint: "leave out --keystore"))
        }
        var warnings: [String] = []
        if let profile {
            let check = RequestCheck(
                profile: profile, organizations: account.capabilities.contains(.organizations) ? organizations : nil,
                domains: try await domainCheck(for: profile, of: account, organizations),
                profilesAge: age(of: .profiles, account), organizationsAge: age(of: .organizations, account))
            problems += check.problems(with: details, signingRequest: requestFacts)
            warnings = check.warnings(with: details) + doubts(about: wish, account)
        }
        guard problems.isEmpty, let profile else { throw LifecycleError(problems) }
        return OrderDraft(
            details: details, profile: profile, organization: organization, signingRequest: request,
            warnings: warnings)
    }

    /// Without a caller's key, an order of the former home cannot be told from another one.
    private func doubts(about wish: OrderWish, _ account: AccountRecord) -> [String] {
        guard account.isBehind, wish.callerKey == nil else { return [] }
        return [
            "account \(account.name) was not compared with its CA since the home was put back from a backup: this may have been "
                + "ordered already; see: publicca order import --account \(account.name)"
        ]
    }

    /// What is known of the account's domains; `nil` where the profile is not bound to them, or nothing is known, as before
    /// their first reading.
    func domainCheck(
        for profile: CertificateProfile, of account: AccountRecord, _ organizations: [Organization]
    ) async throws(RepositoryError) -> DomainCheck? {
        guard profile.checksDomains, account.capabilities.contains(.domains), let readAt = account.lastSync[.domains]
        else { return nil }
        let domains = try await catalog(.domains, of: account.name).compactMap(\.item.domain).map(comparable)
        guard !domains.isEmpty else { return nil }
        return DomainCheck(
            account: account.name, domains: domains, organizations: organizations, readAt: readAt, now: time.now())
    }

    /// With its name as names of orders are: a CA may list it as people write it. One that is no name stays as it is.
    private func comparable(_ domain: RegisteredDomain) -> RegisteredDomain {
        var domain = domain
        do throws(MaterialError) { domain.name = try material.name(domain.name).text } catch { return domain }
        return domain
    }

    /// The common name and all others, normalised; a CSR speaks for itself where nothing else is asked for.
    private func readNames(
        _ wish: OrderWish, _ facts: SigningRequestFacts?, _ problems: inout [RequestProblem]
    ) -> [SubjectAlternativeName] {
        var names: [SubjectAlternativeName] = []
        for text in [wish.commonName] + wish.names {
            do throws(MaterialError) {
                let name = try material.name(text)
                // Naming the common name once more as a SAN says nothing new.
                if name == names.first, names.count == 1 { continue }
                names.append(name)
            } catch {
                problems.append(RequestProblem(error.description, hint: "write names such as www.example.org"))
            }
        }
        if wish.names.isEmpty, let first = names.first, let facts, facts.alternativeNames.contains(first) {
            return [first] + facts.alternativeNames.filter { $0 != first }
        }
        return names
    }

    func readRequest(
        _ bytes: Data, _ problems: inout [RequestProblem]
    ) -> (CertificateSigningRequest?, SigningRequestFacts?) {
        do throws(MaterialError) {
            let request = try material.signingRequest(bytes)
            return (request, try material.facts(of: request))
        } catch {
            problems.append(RequestProblem(error.description, hint: "give a PKCS#10 request in PEM or DER"))
            return (nil, nil)
        }
    }

    /// A whole catalog, for choosing from it.
    func catalog(
        _ kind: CatalogKind, of account: String, withVanished: Bool = false
    ) async throws(RepositoryError) -> [CatalogEntry] {
        var query = CatalogQuery(account: account, kind: kind)
        query.withVanished = withVanished
        var entries: [CatalogEntry] = []
        repeat {
            let page = try await repository.catalog(query)
            entries += page.items
            query.after = page.next
        } while query.after != nil
        return entries
    }
}

extension CertificateProfile {
    /// What a person gets who does not care.
    var defaultKey: KeyAlgorithm {
        guard let keyAlgorithms, !keyAlgorithms.contains(.rsa2048) else { return .rsa2048 }
        return keyAlgorithms.first ?? .rsa2048
    }
}

extension CatalogItem {
    public var profile: CertificateProfile? { if case .profile(let profile) = self { profile } else { nil } }
    public var organization: Organization? {
        if case .organization(let organization) = self { organization } else { nil }
    }
    public var domain: RegisteredDomain? { if case .domain(let domain) = self { domain } else { nil } }
}
