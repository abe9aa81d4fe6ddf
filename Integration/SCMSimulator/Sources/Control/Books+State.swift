// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Books {
    /// What a test asserts: calls by endpoint, and what was ordered since the start.
    var state: JSON {
        let placed = ids.filter { $0 >= 1000 + settings.seed }.compactMap { enrolments[$0] }
        return [
            "clock": .string(DateStyle.isoTime.text(now)),
            "calls": .object(counts.mapValues { .integer($0) }),
            "total": .integer(counts.values.reduce(0, +)), "peakInFlight": .integer(peakInFlight),
            "faultsLeft": .integer(faults.count),
            "certificates": .integer(ids.count), "placed": .array(placed.map { sight(of: $0) }),
        ]
    }

    /// The calls alone, for whoever asks often.
    var traffic: JSON {
        ["calls": .object(counts.mapValues { .integer($0) }), "total": .integer(counts.values.reduce(0, +))]
    }

    /// More than SCM tells: the CSR and the serial numbers of predecessors.
    func sight(of enrolment: Enrolment) -> JSON {
        .fields([
            "sslId": .integer(enrolment.id), "renewId": .string(enrolment.renewID),
            "status": .string(status(enrolment)), "commonName": .string(enrolment.commonName),
            "names": .array(enrolment.names.map { .string($0) }), "orgId": .integer(enrolment.organization),
            "certType": .integer(enrolment.profile), "term": .integer(enrolment.term),
            "comments": enrolment.comments.map { .string($0) }, "csr": enrolment.csr.map { .string($0) },
            "requester": .string(enrolment.requester), "requestedVia": .string(enrolment.requestedVia),
            "serialNumbers": .array(enrolment.issuances.map { .string(Hexadecimal.text($0.serial, colons: true)) }),
            "revokedSerialNumbers": .array(
                enrolment.issuances.filter { $0.revoked != nil }
                    .map { .string(Hexadecimal.text($0.serial, colons: true)) }),
        ])
    }
}
