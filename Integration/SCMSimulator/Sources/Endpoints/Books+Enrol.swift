// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Books {
    /// Takes an order. SCM has no way to send it twice and get it once: every call is another order.
    mutating func enrol(_ visit: Visit) throws(Refusal) -> Enrolment {
        let (person, body) = (visit.person, try Body(visit.call))
        try demand("sslRequest", "request SSL certificates", of: person)
        let organization = try orderer(body.requiredWhole("orgId"), for: person)
        let profile = try profile(body.requiredWhole("certType"), for: organization)
        let term = try body.requiredWhole("term")
        let others = try body.text("subjAltNames") ?? ""
        let comments = try body.text("comments", atMost: 1024)
        let externalRequester = try body.text("externalRequester", atMost: 512)
        let request = try signingRequest(body.requiredText("csr"), for: profile)
        guard profile.terms.contains(term) else { throw .termNotOffered }
        try checkValidationWay(body)
        let values = try customValues(body)
        try checkMandatory(values)
        var names = try names(commonName: request.commonName, others: others.split(separator: ",").map(String.init))
        if quirks.addWWW, names.count == 1, !names[0].hasPrefix("*.") { names.append("www.\(names[0])") }
        let waits = try checkDomains(names, for: organization)
        var enrolment = Enrolment(
            id: takeID(), renewID: chance.word(20), organization: organization.id, profile: profile.id, term: term,
            commonName: names[0], names: names, csr: request.text, publicKey: request.publicKey, key: request.key,
            comments: comments, externalRequester: externalRequester, requester: person.login, requested: now,
            course: profile.course ?? .init())
        enrolment.customFields = values
        enrolment.waitsForDomain = waits
        return place(enrolment, by: person)
    }

    /// Enters an enrolment, approved where nobody has to be asked.
    mutating func place(_ enrolment: Enrolment, by person: Administrator) -> Enrolment {
        var enrolment = enrolment
        if !(enrolment.course.approval ?? false) || person.mayApproveAtOnce {
            enrolment.approved = now
            enrolment.approver = person.login
        }
        add(enrolment)
        plan(enrolment.id)
        return enrolment
    }

    /// A new enrolment for the same names; the old one stays as valid as it was.
    mutating func renew(_ id: Int, _ body: Body, for person: Administrator) throws(Refusal) -> Int {
        let old = try enrolment(id, for: person)
        try demand("sslRenew", "renew SSL certificates", of: person)
        guard [Status.issued, Status.expired, Status.replaced].contains(status(old)) else { throw .notRenewable }
        let organization = try orderer(old.organization, for: person)
        let profile = try profile(old.profile, for: organization)
        guard profile.renewable ?? true else { throw .noRenewal }
        try checkValidationWay(body)
        let request: SigningRequest? =
            if let text = try body.text("csr") { try signingRequest(text, for: profile) } else { nil }
        let waits = try checkDomains(old.names, for: organization)
        var enrolment = Enrolment(
            id: takeID(), renewID: chance.word(20), organization: old.organization, profile: old.profile,
            term: profile.longestTerm, commonName: old.commonName, names: old.names, csr: request?.text ?? old.csr,
            publicKey: request?.publicKey ?? old.publicKey, key: request?.key ?? old.key,
            comments: quirks.renewalKeepsComments ? old.comments : nil, externalRequester: old.externalRequester,
            requester: person.login, requested: now, course: profile.course ?? .init())
        enrolment.customFields = old.customFields
        enrolment.waitsForDomain = waits
        enrolments[id]?.renewed = now
        return place(enrolment, by: person).id
    }

    /// A new certificate under the same id. The names are a list here, where ordering takes a string.
    mutating func replace(_ visit: Visit) throws(Refusal) {
        let (person, body) = (visit.person, try Body(visit.call))
        let old = try enrolment(visit.id(), for: person)
        try demand("sslReplace", "replace SSL certificates", of: person)
        let organization = try orderer(old.organization, for: person)
        let profile = try profile(old.profile, for: organization)
        let others = try body.texts("subjectAlternativeNames")
        let commonName = try body.text("commonName", atMost: 64)
        let reason = try body.text("reason", atMost: 512)
        guard let reason, quirks.emptyReplaceReasonAllowed || !reason.isEmpty else { throw .missing("reason") }
        let request = try signingRequest(body.requiredText("csr"), for: profile)
        try checkValidationWay(body)
        guard [Status.issued, Status.replaced].contains(status(old)) else { throw .notIssued }
        let names = try names(commonName: commonName ?? request.commonName, others: others ?? old.names)
        _ = try checkDomains(names, for: organization)
        let issued = now.addingTimeInterval(quirks.replaceSeconds)
        let expires = old.issuances.last?.expires ?? issued.addingTimeInterval(Double(old.term) * 86_400)
        let issuance = Issuance(
            serial: chance.serial(), publicKey: request.publicKey, key: request.key, commonName: names[0], names: names,
            issued: issued, expires: max(expires, issued.addingTimeInterval(3600)))
        var changed = old
        changed.issuances.append(issuance)
        (changed.commonName, changed.names, changed.csr) = (names[0], names, request.text)
        (changed.publicKey, changed.key) = (request.publicKey, request.key)
        (changed.replaced, changed.word) = (now, nil)
        enrolments[old.id] = changed
        idsBySerial[issuance.plainSerial] = old.id
    }
}
