// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Books {
    /// The certificate in one of ten forms, or one of the several ways to say "not yet".
    mutating func collect(_ visit: Visit, format name: String) throws(Refusal) -> Answer {
        guard let format = CollectFormat(rawValue: name) else { throw .unknownFormat }
        let enrolment = try enrolment(visit.id(), for: visit.person)
        switch status(enrolment) {
        case Status.revoked: throw .revoked
        case Status.declined, Status.rejected, Status.invalid: throw .notCollectable
        default: break
        }
        guard let index = enrolment.currentIndex(at: now), isCollectable(enrolment, index) else { return try pending }
        guard enrolment.hasCertificate else { throw .notAvailable }
        let leaf = try certificate(enrolment.id, index, flaws: visit.flaws)
        let chain = authority.chain(crossSigned: quirks.crossSignedRoot)
        var quirks = quirks
        if visit.flaws.contains(.mixedChain) { quirks.rootFirst.toggle() }
        let file = enrolment.commonName.replacing(".", with: "_").replacing("*", with: "star")
        return Answer(
            headers: [
                "Content-Type": "application/octet-stream;charset=UTF-8",
                "Content-Disposition": "attachment; filename=\"\(file).\(format.isPKCS7 ? "p7b" : "cer")\"",
            ],
            body: format.bytes(leaf: leaf, chain: chain, quirks: quirks))
    }

    private func isCollectable(_ enrolment: Enrolment, _ index: Int) -> Bool {
        if enrolment.word != nil, enrolment.word != Status.replaced { return false }
        if enrolment.awaitsReplacement(at: now) { return quirks.replacementCollect == .predecessor }
        return now.timeIntervalSince(enrolment.issuances[index].issued) >= quirks.collectLagSeconds
    }

    private var pending: Answer {
        get throws(Refusal) {
            switch quirks.pendingAnswer {
            case .codeZero: throw .beingProcessed
            case .notCollectable: throw .notCollectable
            case .requestBeingProcessed: throw .requestBeingProcessed
            case .emptyOK: .empty
            }
        }
    }
}
