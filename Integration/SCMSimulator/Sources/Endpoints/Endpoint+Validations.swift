// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A validation under way beside whatever the domain's status is.
struct DomainOrder: Sendable {
    var method: String
    var isSubmitted: Bool
}

extension Endpoint {
    /// Validation of domains: what is, and the steps of a new one. `start` must precede `submit`, but for TXT.
    static let validations: [Endpoint] = [
        Endpoint("GET", "dcv", "validation") { books, visit in
            let found = try books.searchValidations(visit)
            return .json(.array(try books.page(found, visit).map { books.line($0) }), total: found.count)
        },
        Endpoint("POST", "dcv", "validation/status") { books, visit in
            .json(books.state(try books.named(visit)))
        },
        Endpoint("POST", "dcv", "validation/sync") { books, visit in
            .json(books.state(try books.named(visit)))
        },
        Endpoint("POST", "dcv", "validation/clear") { books, visit in
            let domain = try books.named(visit)
            books.domainOrders[domain.name] = nil
            return .json([
                "status": .string(books.text(domain.validation)), "orderStatus": "NOT_INITIATED", "message": "",
            ])
        },
        Endpoint("POST", "dcv", "validation/start/domain/{text}") { books, visit in
            let (domain, method) = (try books.named(visit), visit.captures[0].uppercased())
            guard ["CNAME", "HTTP", "HTTPS", "EMAIL"].contains(method) else { throw Refusal.noSuchPath }
            books.domainOrders[domain.name] = DomainOrder(method: method, isSubmitted: false)
            return .json(books.instructions(domain, method))
        },
        Endpoint("POST", "dcv", "validation/submit/domain/{text}") { books, visit in
            let (domain, method) = (try books.named(visit), visit.captures[0].uppercased())
            guard ["CNAME", "HTTP", "HTTPS", "EMAIL", "TXT"].contains(method) else { throw Refusal.noSuchPath }
            guard method == "TXT" || books.domainOrders[domain.name]?.method == method else {
                throw Refusal(-724, "Wrong validation status")
            }
            books.domainOrders[domain.name] = DomainOrder(method: method, isSubmitted: true)
            return .json([
                "status": .string(books.text(domain.validation)), "orderStatus": "SUBMITTED",
                "message": "Submitted successfully", "orderBackendId": .string(String(900_000 + domain.id)),
            ])
        },
    ]
}

extension Domain {
    var isRequested: Bool { delegations.allSatisfy { $0.status == "REQUESTED" } }

    func effective(at now: Date, _ expiry: Date?) -> Validation {
        guard validation == .validated, let expiry, expiry <= now else { return validation }
        return .expired
    }
}

extension Books {
    fileprivate func searchValidations(_ visit: Visit) throws(Refusal) -> [Domain] {
        var found = visibleDomains(visit.person)
        if let name = visit.call.parameter("domain") { found = found.filter { $0.name.contains(name.lowercased()) } }
        if let status = visit.call.parameter("dcvStatus") {
            let wanted = status.uppercased().replacing(" ", with: "_")
            found = found.filter { $0.effective(at: now, domainExpiry($0)).rawValue == wanted }
        }
        for name in ["org", "department"] {
            guard let id = try visit.number(name) else { continue }
            found = found.filter { domain in domain.delegations.contains { $0.organization == id } }
        }
        if let days = try visit.number("expiresIn") {
            let limit = now.addingTimeInterval(Double(days) * 86_400)
            found = found.filter { domain in domainExpiry(domain).map { $0 <= limit } ?? false }
        }
        return found
    }

    fileprivate func line(_ domain: Domain) -> JSON {
        let order = domainOrders[domain.name]
        return .fields([
            "domain": .string(domain.name),
            "dcvStatus": .string(text(domain.effective(at: now, domainExpiry(domain)))),
            "dcvMethod": .string(domain.method ?? "CNAME"),
            "dcvOrderStatus": .string(order?.isSubmitted == true ? "SUBMITTED" : "NOT_INITIATED"),
            "dcvOrderMethod": order.map { .string($0.method) },
            "expirationDate": domainExpiry(domain).map { .string(DateStyle.iso.text($0)) },
        ])
    }

    /// The domain that a body names, for somebody who may validate.
    fileprivate func named(_ visit: Visit) throws(Refusal) -> Domain {
        try demand("allowDCV", "perform DCV validation", of: visit.person)
        let name = try Body(visit.call).requiredText("domain", atMost: 255)
        guard let domain = visibleDomains(visit.person).first(where: { $0.name == name.lowercased() }) else {
            throw Refusal(-727, "Domain does not exist")
        }
        return domain
    }

    fileprivate func state(_ domain: Domain) -> JSON {
        let order = domainOrders[domain.name]
        let base: JSON = .fields([
            "status": .string(text(domain.effective(at: now, domainExpiry(domain)))),
            "expirationDate": domainExpiry(domain).map { .string(DateStyle.iso.text($0)) },
            "orderStatus": .string(order?.isSubmitted == true ? "SUBMITTED" : "NOT_INITIATED"),
            "orderMode": order.map { .string($0.method) },
        ])
        return order.map { base.merged(with: instructions(domain, $0.method)) } ?? base
    }

    /// What the domain's owner has to publish.
    fileprivate func instructions(_ domain: Domain, _ method: String) -> JSON {
        let (base, mark) = (DomainPrivilege.base(domain.name), Fingerprint.md5(Array(domain.name.utf8)))
        let hash = Fingerprint.sha256(Array(domain.name.utf8))
        switch method {
        case "EMAIL":
            return ["emails": [.string("admin@\(base)"), .string("postmaster@\(base)")]]
        case "CNAME":
            let low = hash.lowercased()
            return [
                "host": .string("_\(mark.lowercased()).\(base)."),
                "point": .string("\(low.prefix(32)).\(low.suffix(32)).sectigo.com."),
            ]
        case "TXT":
            return ["host": .string("_pki-validation.\(base)."), "point": .string(hash.lowercased())]
        default:
            return [
                "url": .string("\(method.lowercased())://\(base)/.well-known/pki-validation/\(mark).txt"),
                "firstLine": .string(hash), "secondLine": "sectigo.com",
            ]
        }
    }
}
