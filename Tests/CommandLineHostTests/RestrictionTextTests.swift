// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

@testable import CommandLineHost

struct RestrictionTextTests {
    @Test func `operations that share a reason are told together`() {
        var account = AccountRecord(
            name: "scm", provider: "sectigo", settings: [:], secrets: [:], createdAt: Date(timeIntervalSince1970: 0))
        #expect(account.restrictedByReason.isEmpty)
        account.report = AccountReport(restrictions: [
            Restriction(.order, "not for servers"), Restriction(.revoke, "no privilege"),
            Restriction(.renew, "not for servers"),
        ])
        #expect(account.restrictedByReason.map(\.operations) == ["order, renew", "revoke"])
        #expect(account.restrictedByReason.map(\.reason) == ["not for servers", "no privilege"])
    }
}
