// SPDX-License-Identifier: Apache-2.0

extension Endpoint {
    /// Who calls, and what they may do.
    static let administrators: [Endpoint] = [
        Endpoint("GET", "admin", "") { books, visit in
            let wanted = visit.call.parameter("login")
            let seen = books.world.administrators.filter {
                (visit.person.isMaster || $0.id == visit.person.id) && (wanted == nil || $0.login == wanted)
            }
            return .json(.array(try books.page(seen, visit).map { $0.item }), total: seen.count)
        },
        Endpoint("GET", "admin", "password") { books, visit in
            let expiry = books.passwordExpiry(visit.person).map { JSON.string(DateStyle.iso.text($0)) }
            return .json(
                .fields(["expirationDate": expiry, "state": .string(books.passwordState(visit.person))]))
        },
        Endpoint("POST", "admin", "changepassword") { books, visit in
            let password = try Body(visit.call).requiredText("newPassword")
            guard password.count >= 12, password != visit.person.password else {
                throw Refusal(-7306, "The password violates the policy")
            }
            for index in books.world.administrators.indices
            where books.world.administrators[index].id == visit.person.id {
                books.world.administrators[index].password = password
                books.world.administrators[index].passwordState = "ALIVE"
                books.world.administrators[index].passwordExpiresInDays = 90
            }
            return .nothing
        },
        Endpoint("GET", "admin", "roles") { _, visit in
            let roles = visit.person.isMaster ? ["MRAO", "RAO_SSL", "DRAO_SSL"] : ["DRAO_SSL"]
            return .json(.array(roles.map { .string($0) }))
        },
        Endpoint("GET", "admin", "privileges") { _, visit in
            .json(.array((visit.person.privileges ?? []).map { .string($0) }))
        },
        Endpoint("GET", "admin", "{id}") { books, visit in
            let id = try visit.id()
            let found = books.world.administrators.first { $0.id == id }
            guard let found, visit.person.isMaster || found.id == visit.person.id else { throw Refusal.accessDenied }
            return .json(books.details(found))
        },
    ]

    /// What only probes are made of.
    static let others: [Endpoint] = [
        Endpoint("GET", "ca-backend", "") { _, visit in
            guard visit.person.isMaster else { throw Refusal.unauthorized("view CA backends") }
            return .json([["id": 1, "name": .string(CertificateAuthority.vendor)]])
        },
        Endpoint("GET", "customField", "", versions: ["v2"]) { books, _ in
            .json(
                .array(
                    books.world.customFields.map { field in
                        [
                            "id": .integer(field.id), "name": .string(field.name), "certType": "SSL", "state": "ACTIVE",
                            "mandatories": .array(field.mandatories.map { .string($0) }),
                            "input": ["type": "TEXT_SINGLE_LINE"],
                        ]
                    }))
        },
        Endpoint("GET", "person", "") { _, _ in .json([], total: 0) },
        Endpoint("GET", "person", "id/byEmail/{text}") { _, _ in throw Refusal(-105, "Person not found", status: 404) },
    ]
}

extension Administrator {
    fileprivate var item: JSON {
        ["id": .integer(id), "login": .string(login), "forename": .string(login), "surname": "Acme"]
    }
}

extension Books {
    fileprivate func details(_ person: Administrator) -> JSON {
        let credentials = person.credentials.map { credential -> JSON in
            .fields(["role": .string(credential.role), "orgId": credential.organization.map { .integer($0) }])
        }
        let expiry = passwordExpiry(person).map { JSON.string(DateStyle.iso.text($0)) }
        return person.item.merged(
            with: .fields([
                "type": .string(person.type ?? "STANDARD"), "credentials": .array(credentials),
                "privileges": .array((person.privileges ?? []).map { .string($0) }),
                "passwordState": .string(passwordState(person)), "passwordExpiryDate": expiry,
                "activeStatus": "ACTIVE", "failedAttempts": .integer(failedLogins[person.login] ?? 0),
                "authCert": clientSerials[person.login].map { ["certificateSerialNumber": .string($0)] },
            ]))
    }
}
