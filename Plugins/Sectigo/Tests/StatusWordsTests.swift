// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

@testable import SectigoProvider

struct StatusWordsTests {
    private static let certificate = CertificateReference("7")

    @Test(arguments: [
        ("Requested", OrderState.awaitingApproval), ("Awaiting Approval", .awaitingApproval), ("Init", .processing),
        ("Approved", .processing), ("SAApproved", .processing), ("SA Approved", .processing), ("APPLIED", .processing),
        ("SA_APPROVED", .processing), ("AWAITING_APPROVAL", .awaitingApproval), ("Not Enrolled", .processing),
        ("Issued", .issued(certificate)), ("issued", .issued(certificate)),
        ("Enrolled - Pending Download", .issued(certificate)), ("Revoked", .issued(certificate)),
        ("Expired", .issued(certificate)), ("Replaced", .issued(certificate)), ("Declined", .cancelled),
        ("Rejected", .rejected), ("Invalid", .rejected), ("Perplexed", .unrecognized), ("", .unrecognized),
    ])
    func `every word has its meaning, and an unknown one none`(_ word: String, _ state: OrderState) {
        #expect(StatusWords.orderState(word, Self.certificate) == state)
    }
}
