// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

/// Numbers and words that others gave their meaning.
struct WireNumberTests {
    @Test(arguments: [
        (RevocationReason.unspecified, 0), (.keyCompromise, 1), (.cACompromise, 2), (.affiliationChanged, 3),
        (.superseded, 4), (.cessationOfOperation, 5), (.certificateHold, 6), (.removeFromCRL, 8),
        (.privilegeWithdrawn, 9), (.aACompromise, 10),
    ])
    func `reasons have the numbers and names of RFC 5280`(_ reason: RevocationReason, _ number: Int) {
        #expect(reason.rawValue == number)
        #expect(RevocationReason(named: reason.name.uppercased()) == reason)
    }

    @Test func `seven is no reason`() {
        #expect(RevocationReason(rawValue: 7) == nil)
        #expect(RevocationReason(named: "") == nil)
    }

    @Test func `a subscriber may not speak for the CA`() {
        #expect(RevocationReason.requestable.contains(.keyCompromise))
        #expect(!RevocationReason.requestable.contains(.cACompromise))
        #expect(!RevocationReason.requestable.contains(.removeFromCRL))
    }

    @Test(arguments: [
        ("0A:1B", "0a1b"), ("0a1b", "0a1b"), ("a1b", "0a1b"), ("00 00 0A 1B", "0a1b"), ("00", "00"), ("0", "00"),
    ])
    func `a serial number has one form`(_ written: String, _ form: String) {
        #expect(SerialNumber(rawValue: written).rawValue == form)
    }

    @Test(arguments: ["\u{319}f5", "0\u{319}", "\u{301}", "ß0", "0x1b", ""])
    func `what is no serial number stays what it became`(_ written: String) {
        let form = SerialNumber(rawValue: written).rawValue
        #expect(SerialNumber(rawValue: form).rawValue == form)
    }
}
