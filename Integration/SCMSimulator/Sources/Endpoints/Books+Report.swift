// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Endpoint {
    static let reports: [Endpoint] = [
        Endpoint("POST", "report", "ssl-certificates", versions: ["v1"]) { books, visit in
            .json(["statusCode": 0, "reports": .array(try books.report(visit))])
        }
    ]
}

/// The report on certificates: all at once, with what a list leaves out.
extension Books {
    private typealias Filter = (Enrolment) -> Bool

    fileprivate mutating func report(_ visit: Visit) throws(Refusal) -> [JSON] {
        let filters = try reportFilters(Body(visit.call))
        guard !filters.isEmpty else { throw Refusal(-951, "One of the criteria has to be given") }
        let seen = Set(visible(visit.person).map(\.id))
        let found = ids.compactMap { enrolments[$0] }.filter { enrolment in
            seen.contains(enrolment.organization) && filters.allSatisfy { $0(enrolment) }
        }
        var lines: [JSON] = []
        for enrolment in found { lines.append(try line(enrolment)) }
        return lines
    }

    private func reportFilters(_ body: Body) throws(Refusal) -> [Filter] {
        var filters: [Filter] = []
        if let elements = body.value("organizationIds")?.elements, !elements.isEmpty {
            let wanted = elements.compactMap(\.whole)
            filters.append { wanted.contains($0.organization) }
        }
        if let text = try body.text("commonName"), !text.isEmpty {
            filters.append { self.matches($0.commonName, text) }
        }
        if let text = try body.text("externalRequester"), !text.isEmpty {
            filters.append { self.matches($0.externalRequester ?? "", text) }
        }
        if let number = try body.whole("certificateStatus") {
            guard (0...4).contains(number) else { throw .invalid("certificateStatus") }
            let word = [nil, Status.requested, Status.issued, Status.revoked, Status.expired][number]
            filters.append { word == nil || self.status($0) == word }
        }
        if let filter = try dateFilter(body) { filters.append(filter) }
        return filters
    }

    /// By one of a certificate's dates, which a number names.
    private func dateFilter(_ body: Body) throws(Refusal) -> Filter? {
        func bound(_ name: String) throws(Refusal) -> Date? {
            guard let text = try body.text(name), !text.isEmpty else { return nil }
            guard let date = Self.date(text) else { throw .invalid(name) }
            return date
        }
        let (from, to) = (try bound("from"), try bound("to"))
        guard from != nil || to != nil else { return nil }
        let attribute = try body.whole("certificateDateAttribute") ?? 4
        guard (2...5).contains(attribute) else { throw .invalid("certificateDateAttribute") }
        return { enrolment in
            let current = enrolment.current(at: self.now)
            let dates = [2: current?.revoked, 3: current?.expires, 4: enrolment.requested, 5: current?.issued]
            guard let date = dates[attribute] ?? nil else { return false }
            return date >= from ?? .distantPast && date <= to ?? .distantFuture
        }
    }

    private mutating func line(_ enrolment: Enrolment) throws(Refusal) -> JSON {
        func date(_ date: Date?) -> JSON? { date.map { .string(DateStyle.isoTime.text($0)) } }
        let current = enrolment.current(at: now)
        let certificate = try certificateDetails(enrolment)
        let first: JSON = .fields([
            "id": .integer(enrolment.id), "commonName": .string(enrolment.commonName),
            "orgId": .integer(enrolment.organization),
            "organizationName": world.organizations.first { $0.id == enrolment.organization }.map { .string($0.name) },
            "status": .string(status(enrolment)), "orderNumber": .integer(7_000_000 + enrolment.id),
            "backendCertId": .string(String(7_000_000 + enrolment.id)), "typeId": .integer(enrolment.profile),
            "type": world.profiles.first { $0.id == enrolment.profile }.map { .string($0.name) },
            "term": .integer(enrolment.term), "issuer": certificate?["issuer"],
            "requester": .string(enrolment.requester), "approver": .string(enrolment.approver ?? ""),
            "externalRequester": enrolment.externalRequester.map { .string($0) },
            "comments": enrolment.comments.map { .string($0) },
        ])
        let second: JSON = .fields([
            "requested": date(enrolment.requested), "approved": date(enrolment.approved),
            "declined": date(enrolment.declined), "expires": date(current?.expires), "revoked": date(current?.revoked),
            "replaced": date(enrolment.replaced), "publicKeyAlg": .string(enrolment.key.algorithm),
            "publicKeySize": .string(enrolment.key.size),
            "subjAltNames": .string(enrolment.names.joined(separator: "; ")),
            "serialNumber": current.map { .string($0.serialText(quirks)) },
            "requestedVia": .string(enrolment.requestedVia), "sha1": certificate?["sha1Hash"],
            "md5": certificate?["md5Hash"],
        ])
        return first.merged(with: second)
    }
}
