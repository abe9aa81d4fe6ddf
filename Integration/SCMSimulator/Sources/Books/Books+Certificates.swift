// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import X509

/// What is wrong with a collected certificate, on request.
struct Flaw: OptionSet, Sendable {
    let rawValue: Int
    static let wrongKey = Flaw(rawValue: 1)
    static let missingName = Flaw(rawValue: 2)
    static let expired = Flaw(rawValue: 4)
    static let mixedChain = Flaw(rawValue: 8)
}

extension Books {
    /// The certificate, signed now if nobody asked for it before. A flawed one is signed apart and not kept.
    mutating func certificate(_ id: Int, _ index: Int, flaws: Flaw = []) throws(Refusal) -> [UInt8] {
        guard let enrolment = enrolments[id], enrolment.issuances.indices.contains(index) else { throw unknownID }
        let issuance = enrolment.issuances[index]
        if let der = issuance.der, flaws.isEmpty { return der }
        let organization = world.organizations.first { $0.id == enrolment.organization }
        var draft = LeafDraft(
            publicKey: issuance.publicKey, isRSA: issuance.key.algorithm == "RSA", commonName: issuance.commonName,
            names: issuance.names, organization: organization?.name, serial: issuance.serial,
            notBefore: issuance.issued, notAfter: issuance.expires)
        if flaws.contains(.wrongKey) {
            draft.publicKey = .init(P256.Signing.PrivateKey().publicKey)
            draft.isRSA = false
        }
        if flaws.contains(.missingName) { draft.names = Array(issuance.names.dropLast()) }
        if flaws.contains(.expired) {
            let length = draft.notAfter.timeIntervalSince(draft.notBefore)
            draft.notAfter = now.addingTimeInterval(-86_400)
            draft.notBefore = draft.notAfter.addingTimeInterval(-length)
        }
        do {
            let der = try authority.issuing.sign(draft)
            if flaws.isEmpty { enrolments[id]?.issuances[index].der = der }
            return der
        } catch {
            throw Refusal(-129, "The CA could not sign: \(error)")
        }
    }
}
