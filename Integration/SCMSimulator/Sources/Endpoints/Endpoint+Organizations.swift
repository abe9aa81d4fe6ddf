// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Endpoint {
    /// Organizations, departments, and who manages them. Not paged.
    static let organizations: [Endpoint] = [
        Endpoint("GET", "organization", "") { books, visit in
            let seen = books.visible(visit.person)
            let roots = seen.filter { one in !seen.contains { $0.id == one.parent } }
            return .json(.array(roots.map { books.branch($0, of: seen) }))
        },
        Endpoint("GET", "organization", "{id}") { books, visit in
            .json(books.details(try books.organization(visit.id(), for: visit.person), for: visit.person))
        },
        Endpoint("GET", "organization", "managedBy/{text}") { books, visit in
            .json(.array(books.managed(visit.person, as: visit.captures[0])))
        },
        Endpoint("GET", "organization", "managed-by/{text}") { books, visit in
            .json(.array(books.managed(visit.person, as: visit.captures[0])))
        },
        Endpoint("GET", "organization", "report-type/{text}") { books, visit in
            let seen = books.visible(visit.person)
            return .json(.array(seen.filter { $0.parent == nil }.map { books.branch($0, of: seen) }))
        },
        Endpoint("GET", "organization", "{id}/validations", versions: ["v2"]) { books, visit in
            let organization = try books.organization(visit.id(), for: visit.person)
            let isValidated = organization.validated ?? true
            let expiry = DateStyle.isoTime.text(books.start.addingTimeInterval(86_400 * 365))
            return .json([
                .fields([
                    "id": .integer(organization.id * 10), "validationLevel": "OV_SSL",
                    "status": isValidated ? "VALIDATED" : "PENDING", "expires": isValidated ? .string(expiry) : nil,
                    "alternative": false, "backendType": "SASP",
                ])
            ])
        },
    ]
}

extension Books {
    fileprivate func branch(_ organization: Organization, of seen: [Organization]) -> JSON {
        let departments = seen.filter { $0.parent == organization.id }.map { department -> JSON in
            [
                "id": .integer(department.id), "name": .string(department.name),
                "parentName": .string(organization.name),
            ]
        }
        return [
            "id": .integer(organization.id), "name": .string(organization.name), "departments": .array(departments),
        ]
    }

    fileprivate func details(_ organization: Organization, for person: Administrator) -> JSON {
        let parent = organization.parent.flatMap { id in world.organizations.first { $0.id == id } }
        let tree = branch(organization, of: visible(person))
        let more: JSON = .fields([
            "certTypes": ["SSL", "SMIME"], "secondaryName": "", "city": organization.city.map { .string($0) },
            "country": organization.country.map { .string($0) },
            "validationStatus": .string(organization.validated ?? true ? "VALIDATED" : "NOT_VALIDATED"),
            "sslCertsApiEnabled": .bool(organization.apiEnabled ?? true), "clientCertsApiEnabled": false,
            "parentId": parent.map { .integer($0.id) }, "parentName": parent.map { .string($0.name) },
        ])
        return tree.merged(with: more)
    }

    /// What somebody manages in a role: everything for MRAO, else what the credentials of that role name.
    fileprivate func managed(_ person: Administrator, as role: String) -> [JSON] {
        let own = Set(person.credentials.filter { $0.role == role }.compactMap(\.organization))
        let isMaster = role == "MRAO" && person.isMaster
        return world.organizations.filter { isMaster || own.contains($0.id) }.map { organization in
            let parent = organization.parent.flatMap { id in world.organizations.first { $0.id == id } }
            return .fields([
                "id": .integer(organization.id), "name": .string(organization.name),
                "parentName": parent.map { .string($0.name) },
            ])
        }
    }
}
