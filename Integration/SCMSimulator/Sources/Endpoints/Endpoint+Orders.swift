// SPDX-License-Identifier: Apache-2.0

extension Endpoint {
    /// What changes certificates.
    static let orders: [Endpoint] = [
        Endpoint("POST", "ssl", "enroll") { books, visit in
            let enrolment = try books.enrol(visit)
            return .json(["sslId": .integer(enrolment.id), "renewId": .string(enrolment.renewID)])
        },
        Endpoint("POST", "ssl", "renewById/{id}") { books, visit in
            let body = try books.renewBody(visit.call)
            return .json(["sslId": .integer(try books.renew(visit.id(), body, for: visit.person))])
        },
        Endpoint("POST", "ssl", "renew/manual/{id}") { books, visit in
            let id = try books.enrolment(visit.id(), for: visit.person).id
            books.enrolments[id]?.renewed = books.now
            return .nothing
        },
        Endpoint("POST", "ssl", "renew/{text}") { books, visit in
            guard let id = books.idsByRenewID[visit.captures[0]] else { throw Refusal(-124, "Wrong certificate id") }
            _ = try books.renew(id, books.renewBody(visit.call), for: visit.person)
            return .nothing
        },
        Endpoint("POST", "ssl", "replace/{id}") { books, visit in
            try books.replace(visit)
            return .nothing
        },
        Endpoint("POST", "ssl", "revoke/serial/{text}") { books, visit in
            let serial = Hexadecimal.plain(visit.captures[0])
            guard let id = books.idsBySerial[serial] else { throw books.unknownID }
            try books.revoke(id, serial: serial, visit)
            return .nothing
        },
        Endpoint("POST", "ssl", "revoke/manual") { books, visit in
            try books.revokeManually(visit)
            return .nothing
        },
        Endpoint("POST", "ssl", "revoke/{id}") { books, visit in
            try books.revoke(try visit.id(), serial: nil, visit)
            return .nothing
        },
        Endpoint("POST", "ssl", "approve/{id}") { books, visit in
            try books.demand("sslApprove", "approve SSL certificates", of: visit.person)
            let id = try books.awaited(visit)
            books.approve(id, by: visit.person.login)
            return .nothing
        },
        Endpoint("POST", "ssl", "decline/{id}") { books, visit in
            let id = try books.awaited(visit)
            books.enrolments[id]?.declined = books.now
            return .nothing
        },
        Endpoint("PUT", "ssl", "") { books, visit in try books.update(visit) },
        Endpoint("DELETE", "ssl", "{id}") { books, visit in
            let enrolment = try books.enrolment(visit.id(), for: visit.person)
            guard ["Imported", "Discovery"].contains(enrolment.requestedVia) else {
                throw Refusal.unauthorized("delete certificates that are neither imported nor discovered")
            }
            books.remove(enrolment.id)
            return .nothing
        },
    ]
}

extension Books {
    /// A request that still waits for an administrator, with the message that approving and declining need.
    fileprivate func awaited(_ visit: Visit) throws(Refusal) -> Int {
        let enrolment = try enrolment(visit.id(), for: visit.person)
        _ = try Body(visit.call).requiredText("message", atMost: 512)
        guard status(enrolment) == Status.requested else { throw .wrongStateForApproval }
        return enrolment.id
    }

    mutating func approve(_ id: Int, by login: String) {
        guard let enrolment = enrolments[id], enrolment.approved == nil, enrolment.declined == nil else { return }
        enrolments[id]?.approved = now
        enrolments[id]?.approver = login
        enrolments[id]?.wasApprovedByHand = true
        plan(id)
    }

    fileprivate func renewBody(_ call: Call) throws(Refusal) -> Body {
        var call = call
        // Servers took a JSON string once; some clients still send an empty one.
        if !quirks.strictRenewBody, call.body.first == UInt8(ascii: "\"") { call.body = [] }
        return try Body(optional: call)
    }
}
