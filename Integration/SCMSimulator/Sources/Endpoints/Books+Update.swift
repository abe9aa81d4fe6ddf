// SPDX-License-Identifier: Apache-2.0

extension Books {
    /// Changes what may be changed: little at any time, all of it while no certificate exists.
    mutating func update(_ visit: Visit) throws(Refusal) -> Answer {
        let body = try Body(visit.call)
        var enrolment = try enrolment(body.requiredWhole("sslId"), for: visit.person)
        let isEditable = Status.editable.contains(status(enrolment))
        let full = ["term", "certTypeId", "orgId", "commonName", "csr", "subjectAlternativeNames"].first {
            body.has($0)
        }
        if let full, !isEditable { throw .invalid(full) }
        if let comments = try body.text("comments", atMost: 1024) { enrolment.comments = comments }
        if let requester = try body.text("externalRequester", atMost: 512) { enrolment.externalRequester = requester }
        if let isQuiet = try body.truth("suspendNotifications") { enrolment.suspendNotifications = isQuiet }
        if let requester = try body.text("requester", atMost: 128) { enrolment.requester = requester }
        if body.has("customFields") { enrolment.customFields = try customValues(body) }
        if full != nil { try rewrite(&enrolment, body, for: visit.person) }
        enrolments[enrolment.id] = enrolment
        plan(enrolment.id)
        return .json(try details(try self.enrolment(enrolment.id), visit))
    }

    /// Orders anew under the same id.
    private func rewrite(_ enrolment: inout Enrolment, _ body: Body, for person: Administrator) throws(Refusal) {
        let organization = try orderer(body.whole("orgId") ?? enrolment.organization, for: person)
        let profile = try profile(body.whole("certTypeId") ?? enrolment.profile, for: organization)
        let term = try body.whole("term") ?? enrolment.term
        guard profile.terms.contains(term) else { throw .termNotOffered }
        if let text = try body.text("csr") {
            let request = try signingRequest(text, for: profile)
            (enrolment.csr, enrolment.publicKey, enrolment.key) = (request.text, request.publicKey, request.key)
        }
        let names = try names(
            commonName: body.text("commonName") ?? enrolment.commonName,
            others: body.texts("subjectAlternativeNames") ?? enrolment.names)
        enrolment.waitsForDomain = try checkDomains(names, for: organization)
        (enrolment.organization, enrolment.profile, enrolment.term) = (organization.id, profile.id, term)
        (enrolment.commonName, enrolment.names) = (names[0], names)
        (enrolment.course, enrolment.declined, enrolment.approved) = (profile.course ?? .init(), nil, nil)
        if !(enrolment.course.approval ?? false) || person.mayApproveAtOnce { enrolment.approved = now }
    }
}
