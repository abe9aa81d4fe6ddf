// SPDX-License-Identifier: Apache-2.0

extension Endpoint {
    /// Domains with their delegations.
    static let domains: [Endpoint] = [
        Endpoint("GET", "domain", "") { books, visit in
            let found = try books.searchDomains(visit)
            let page = try books.page(found, visit)
            return .json(
                .array(page.map { ["id": .integer($0.id), "name": .string($0.name)] }), total: found.count)
        },
        Endpoint("GET", "domain", "count") { books, visit in
            .json(["count": .integer(try books.searchDomains(visit).count)])
        },
        Endpoint("GET", "domain", "{id}") { books, visit in
            let id = try visit.id()
            guard let domain = books.visibleDomains(visit.person).first(where: { $0.id == id }) else {
                throw Refusal(-727, "Domain does not exist")
            }
            return .json(books.details(domain, for: visit.person))
        },
    ]
}

extension Books {
    func visibleDomains(_ person: Administrator) -> [Domain] {
        if person.isMaster { return world.domains }
        let seen = Set(visible(person).flatMap { [$0.id] + [$0.parent].compactMap(\.self) })
        return world.domains.filter { domain in domain.delegations.contains { seen.contains($0.organization) } }
    }

    fileprivate func searchDomains(_ visit: Visit) throws(Refusal) -> [Domain] {
        let call = visit.call
        var found = visibleDomains(visit.person)
        if let name = call.parameter("name")?.lowercased() { found = found.filter { $0.name.contains(name) } }
        if let id = try visit.number("orgId") {
            found = found.filter { domain in domain.delegations.contains { $0.organization == id } }
        }
        if let state = call.parameter("state")?.lowercased() {
            guard ["active", "inactive"].contains(state) else { throw .invalid("state") }
            found = found.filter { ($0.active ?? true) == (state == "active") }
        }
        if let status = call.parameter("status")?.lowercased() {
            guard ["requested", "approved"].contains(status) else { throw .invalid("status") }
            found = found.filter { $0.isRequested == (status == "requested") }
        }
        return found
    }

    fileprivate func details(_ domain: Domain, for person: Administrator) -> JSON {
        let seen = Set(visible(person).map(\.id))
        let delegations = domain.delegations.filter { seen.contains($0.organization) }.map { delegation -> JSON in
            let privileges = delegation.privileges ?? DomainPrivilege.allCases.map(\.rawValue)
            return [
                "orgId": .integer(delegation.organization),
                "certTypes": .array((delegation.certificates ?? ["SSL"]).map { .string($0) }),
                "domainCertificateRequestPrivileges": .array(privileges.map { .string($0) }),
                "status": .string(delegation.status ?? "ACTIVE"),
            ]
        }
        return .fields([
            "id": .integer(domain.id), "name": .string(domain.name),
            "delegationStatus": .string(domain.isRequested ? "REQUESTED" : "ACTIVE"),
            "state": .string(domain.active ?? true ? "ACTIVE" : "SUSPENDED"),
            "validationStatus": .string(text(domain.effective(at: now, domainExpiry(domain)))),
            "validationMethod": .string(domain.method ?? "CNAME"),
            "dcvValidation": .string(text(domain.effective(at: now, domainExpiry(domain)))),
            "dcvExpiration": domainExpiry(domain).map { .string(DateStyle.iso.text($0)) },
            "delegations": .array(delegations), "ctLogMonitoring": ["enabled": false, "includeSubdomains": false],
        ])
    }

    /// Constants in the manual's samples, readable words in its text.
    func text(_ validation: Domain.Validation) -> String {
        switch (quirks.domainForm, validation) {
        case (.constants, _): validation.rawValue
        case (.readable, .validated): "Validated"
        case (.readable, .notValidated): "Not validated"
        case (.readable, .expired): "Expired"
        }
    }
}
