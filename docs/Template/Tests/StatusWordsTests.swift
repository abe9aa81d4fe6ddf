// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Testing

@testable import TemplateProvider

@Suite struct StatusWordsTests {
    @Test(arguments: [
        ("received", OrderState.processing), ("signing", .processing), ("dcv", .awaitingValidation),
        ("vetting", .awaitingApproval), ("issued", .issued(CertificateReference("c-1"))), ("refused", .rejected),
        ("withdrawn", .cancelled), ("ripening", .unrecognized), ("", .unrecognized), ("Issued", .unrecognized),
    ])
    func `an order's word means`(word: String, state: OrderState) {
        #expect(StatusWords.orderState(word, certificate: CertificateReference("c-1")) == state)
    }

    @Test func `an order that is issued before its certificate has a name is not there yet`() {
        #expect(StatusWords.orderState("issued", certificate: nil) == .processing)
    }

    @Test(arguments: [
        ("active", CertificateState.valid), ("expired", .expired), ("suspended", .unrecognized),
        ("revoked", .revoked(Revocation(at: Date(timeIntervalSince1970: 9), reason: .superseded))),
    ])
    func `a certificate's word means`(word: String, state: CertificateState) {
        let date = Date(timeIntervalSince1970: 9)
        #expect(StatusWords.certificateState(word, revokedAt: date, reason: .superseded) == state)
    }
}
