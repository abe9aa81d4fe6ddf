// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Books {
    /// Everything that SCM tells of a certificate: not the renew id, not the CSR, not the certificate.
    mutating func details(_ enrolment: Enrolment, _ visit: Visit) throws(Refusal) -> JSON {
        let style = try dateStyle(visit)
        func date(_ date: Date?) -> JSON? { date.map { .string(style.text($0)) } }
        let current = enrolment.current(at: now)
        let names = enrolment.names.map { JSON.string($0) }
        let profile = world.profiles.first { $0.id == enrolment.profile }
        let certificate = try certificateDetails(enrolment)
        let first: JSON = .fields([
            "commonName": .string(enrolment.commonName), "sslId": .integer(enrolment.id), "id": .integer(enrolment.id),
            "orgId": .integer(enrolment.organization), "status": .string(status(enrolment)),
            "orderNumber": .integer(7_000_000 + enrolment.id),
            "backendCertId": .string(String(7_000_000 + enrolment.id)),
            "vendor": .string(CertificateAuthority.vendor), "certType": profile?.json,
            "validationType": "Organization Validation (OV)", "term": .integer(enrolment.term),
            "owner": .string(enrolment.approver ?? ""), "requester": .string(enrolment.requester),
            "requestedVia": .string(enrolment.requestedVia), "comments": enrolment.comments.map { .string($0) },
            "externalRequester": enrolment.externalRequester.map { .string($0) },
        ])
        let second: JSON = .fields([
            "requested": date(enrolment.requested), "approved": date(enrolment.approved),
            "issued": date(current?.issued), "declined": date(enrolment.declined), "expires": date(current?.expires),
            "replaced": date(enrolment.replaced), "revoked": date(current?.revoked),
            "renewedDate": date(enrolment.renewed), "renewed": .bool(enrolment.renewed != nil),
            "reasonCode": enrolment.reasonCode.map { reason($0) },
            "serialNumber": current.map { .string($0.serialText(quirks)) },
        ])
        let third: JSON = .fields([
            "signatureAlg": current == nil ? nil : .string(signatureAlgorithm),
            "keyAlgorithm": .string(enrolment.key.algorithm),
            "keyType": .string("\(enrolment.key.algorithm) - \(enrolment.key.size)"),
            "keyUsages": current.map { .array($0.keyUsages.map { .string($0) }) },
            "extendedKeyUsages": current == nil ? nil : .array(Issuance.extendedKeyUsages.map { .string($0) }),
            "subjectAlternativeNames": .array(names), "certificateDetails": certificate,
            "customFields": enrolment.customFields.isEmpty
                ? nil
                : .array(enrolment.customFields.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "autoInstallDetails": ["state": "Not configured"], "autoRenewDetails": ["state": "Not scheduled"],
            "suspendNotifications": .bool(enrolment.suspendNotifications),
        ])
        return first.merged(with: second).merged(with: third)
    }

    /// The CA's key is made at the start, and no knob turns it later.
    var signatureAlgorithm: String {
        settings.quirks.authorityKey == "RSA" ? "SHA256WITHRSA" : "SHA256WITHECDSA"
    }

    func dateStyle(_ visit: Visit) throws(Refusal) -> DateStyle {
        if let asked = visit.call.parameter("dateFormat") {
            guard let style = DateStyle(asked: asked) else { throw .invalid("dateFormat") }
            return style
        }
        return switch quirks.dates {
        case .american: .american
        case .iso: .iso
        case .isoTime: .isoTime
        }
    }

    private func reason(_ code: Int) -> JSON {
        quirks.reasonCodeForm == .number ? .integer(code) : .string(ReasonCode.words[code] ?? String(code))
    }

    mutating func certificateDetails(_ enrolment: Enrolment) throws(Refusal) -> JSON? {
        guard let index = enrolment.currentIndex(at: now), enrolment.hasCertificate else { return nil }
        let der = try certificate(enrolment.id, index)
        let names = enrolment.issuances[index].names.map { "dNSName=\($0)" }.joined(separator: ", ")
        return [
            "issuer": .string(CertificateAuthority.issuerText), "subject": .string("CN=\(enrolment.commonName)"),
            "subjectAltNames": .string(names), "md5Hash": .string(Fingerprint.md5(der)),
            "sha1Hash": .string(Fingerprint.sha1(der)), "sha256Hash": .string(Fingerprint.sha256(der)),
        ]
    }
}

extension JSON {
    func merged(with other: JSON) -> JSON {
        guard case .object(let own) = self, case .object(let others) = other else { return other }
        return .object(own.merging(others) { _, last in last })
    }
}

/// The reasons of a revocation that SCM takes, as numbers or as words.
enum ReasonCode {
    static let words = [
        0: "unspecified", 1: "keyCompromise", 3: "affiliationChanged", 4: "superseded", 5: "cessationOfOperation",
    ]

    /// A number, a number in a string, or the word in any case and with or without underscores.
    static func read(_ value: JSON) throws(Refusal) -> Int {
        if let number = value.whole {
            guard words[number] != nil else { throw .invalid("reasonCode") }
            return number
        }
        guard let text = value.text else { throw .unreadableBody }
        let plain = text.lowercased().filter { $0 != "_" && $0 != " " }
        guard let code = words.first(where: { $0.value.lowercased() == plain })?.key else {
            throw .invalid("reasonCode")
        }
        return code
    }
}
