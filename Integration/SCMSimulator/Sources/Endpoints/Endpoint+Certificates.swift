// SPDX-License-Identifier: Apache-2.0

extension Endpoint {
    /// What reads certificates.
    static let certificates: [Endpoint] = [
        Endpoint("GET", "ssl", "") { books, visit in
            let found = try books.search(visit)
            let page = try books.page(found, visit)
            return .json(.array(page.map { books.item($0) }), total: found.count)
        },
        Endpoint("HEAD", "ssl", "") { books, visit in
            .json([], total: try books.search(visit).count)
        },
        Endpoint("GET", "ssl", "types") { books, visit in
            .json(.array(try books.profiles(visit)))
        },
        Endpoint("GET", "ssl", "customFields") { books, _ in
            .json(.array(books.world.customFields.map { $0.plainJSON }))
        },
        Endpoint("GET", "ssl", "collect/{id}") { books, visit in
            try books.collect(visit, format: visit.call.parameter("format") ?? "base64")
        },
        Endpoint("GET", "ssl", "collect/{id}/{text}") { books, visit in
            try books.collect(visit, format: visit.captures[1])
        },
        Endpoint("GET", "ssl", "{id}") { books, visit in
            let enrolment = try books.enrolment(visit.id(), for: visit.person)
            return .json(try books.details(enrolment, visit))
        },
        Endpoint("GET", "ssl", "{id}/location") { books, visit in
            _ = try books.enrolment(visit.id(), for: visit.person)
            return .json([])
        },
        Endpoint("GET", "ssl", "{id}/dcv") { books, visit in
            let log = books.validationLog(of: try books.enrolment(visit.id(), for: visit.person))
            return .json(["dcvLog": log, "instructions": []])
        },
        // The log alone. Nothing is looked up anywhere: domains are validated when the world says so.
        Endpoint("POST", "ssl", "{id}/dcv/recheck") { books, visit in
            let log = books.validationLog(of: try books.enrolment(visit.id(), for: visit.person))
            return .json(["dcvLog": log], status: 202)
        },
    ]
}

extension CustomField {
    var plainJSON: JSON {
        ["id": .integer(id), "name": .string(name), "mandatory": .bool(mandatories.contains("REST_API"))]
    }
}

extension Books {
    fileprivate func profiles(_ visit: Visit) throws(Refusal) -> [JSON] {
        if quirks.noProfiles { return [] }
        var takers = visible(visit.person).filter { $0.apiEnabled ?? true }
        if let id = try visit.number("organizationId") { takers = [try orderer(id, for: visit.person)] }
        let offered = world.profiles.filter { profile in takers.contains { offers(profile, to: $0) } }
        return offered.map { profile in
            guard case .object(var fields) = profile.json, !quirks.fullProfiles else { return profile.json }
            for name in ["description", "keyTypes", "useSecondaryOrgName"] { fields[name] = nil }
            return .object(fields)
        }
    }

    fileprivate func validationLog(of enrolment: Enrolment) -> JSON {
        let log = enrolment.names.map { name -> JSON in
            [
                "domainName": .string(name),
                "dcvStatus": .string(enrolment.waitsForDomain ? "Awaiting Validation" : "Validated"),
            ]
        }
        return ["error": ["code": 0, "description": .null], "log": .array(log)]
    }
}
