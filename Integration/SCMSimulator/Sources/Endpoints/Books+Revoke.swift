// SPDX-License-Identifier: Apache-2.0

extension Books {
    /// Revokes the certificate that stands under an id, or the one with this serial number: that of a predecessor
    /// ends the predecessor alone.
    mutating func revoke(_ id: Int, serial: String?, _ visit: Visit) throws(Refusal) {
        let enrolment = try enrolment(id, for: visit.person)
        try demand("sslRevoke", "revoke SSL certificates", of: visit.person)
        let body = try Body(visit.call)
        _ = try body.requiredText("reason", atMost: 512)
        var code: Int?
        if let value = body.value("reasonCode") { code = try ReasonCode.read(value) }
        if code == nil, quirks.reasonCodeMandatory { throw .missing("reasonCode") }
        let current = enrolment.currentIndex(at: now)
        let index = serial.flatMap { serial in enrolment.issuances.firstIndex { $0.plainSerial == serial } } ?? current
        guard let index, enrolment.issuances[index].issued <= now else { throw .onlyIssuedRevocable }
        guard enrolment.issuances[index].revoked == nil else { throw .alreadyRevoked }
        guard enrolment.issuances[index].expires > now else { throw .onlyIssuedRevocable }
        enrolments[id]?.issuances[index].revoked = now
        guard index == current else { return }
        enrolments[id]?.reasonCode = code ?? 0
        enrolments[id]?.word = nil
    }
}
