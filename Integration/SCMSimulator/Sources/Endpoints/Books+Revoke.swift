// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Books {
    /// Revokes the certificate that stands under an id, or the one with this serial number: that of a predecessor
    /// ends the predecessor alone.
    mutating func revoke(_ id: Int, serial: String?, _ visit: Visit) throws(Refusal) {
        let enrolment = try enrolment(id, for: visit.person)
        try demand("sslRevoke", "revoke SSL certificates", of: visit.person)
        let body = try Body(visit.call)
        _ = try body.requiredText("reason", atMost: 512)
        try end(enrolment, serial: serial, at: now, reason: reasonCode(body))
    }

    /// Enters a revocation that the CA knows of already, or shall not be told.
    mutating func revokeManually(_ visit: Visit) throws(Refusal) {
        try demand("sslRevoke", "revoke SSL certificates", of: visit.person)
        let body = try Body(visit.call)
        let (enrolment, serial) = try marked(body, for: visit.person)
        var date = now
        if let text = try body.text("revokeDate") {
            guard let told = Self.date(text) else { throw .invalid("revokeDate") }
            date = told
        }
        try end(enrolment, serial: serial, at: date, reason: reasonCode(body))
    }

    /// What a body names by its id, or by serial number and issuer together.
    private func marked(_ body: Body, for person: Administrator) throws(Refusal) -> (Enrolment, serial: String?) {
        if let id = try body.whole("certId") { return (try enrolment(id, for: person), nil) }
        guard let text = try body.text("serialNumber"), let issuer = try body.text("issuer") else {
            throw Refusal(-951, "One of the fields has to be given: certId, or serialNumber and issuer")
        }
        let serial = Hexadecimal.plain(text)
        guard issuer == CertificateAuthority.issuerText, let id = idsBySerial[serial] else {
            throw Refusal(-166, "The data do not match a certificate")
        }
        return (try enrolment(id, for: person), serial)
    }

    /// A day, or a time with its zone, with or without fractions of a second.
    static func date(_ text: String) -> Date? {
        let styles: [Date.ISO8601FormatStyle] = [
            .init(), .init(includingFractionalSeconds: true), .init().year().month().day(),
        ]
        // What none of them takes is no date.
        return styles.lazy.compactMap { try? $0.parse(text) }.first
    }

    private func reasonCode(_ body: Body) throws(Refusal) -> Int {
        if let value = body.value("reasonCode") { return try ReasonCode.read(value) }
        guard !quirks.reasonCodeMandatory else { throw .missing("reasonCode") }
        return 0
    }

    private mutating func end(
        _ enrolment: Enrolment, serial: String?, at date: Date, reason: Int
    ) throws(Refusal) {
        let current = enrolment.currentIndex(at: now)
        let index = serial.flatMap { serial in enrolment.issuances.firstIndex { $0.plainSerial == serial } } ?? current
        guard let index, enrolment.issuances[index].issued <= now else { throw .onlyIssuedRevocable }
        guard enrolment.issuances[index].revoked == nil else { throw .alreadyRevoked }
        guard enrolment.issuances[index].expires > now else { throw .onlyIssuedRevocable }
        enrolments[enrolment.id]?.issuances[index].revoked = date
        guard index == current else { return }
        enrolments[enrolment.id]?.reasonCode = reason
        enrolments[enrolment.id]?.word = nil
    }
}
