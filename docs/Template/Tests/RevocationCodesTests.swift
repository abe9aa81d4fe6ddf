// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

@testable import TemplateProvider

@Suite struct RevocationCodesTests {
    @Test(arguments: RevocationReason.requestable)
    func `every reason that may be asked for has a code of its own`(reason: RevocationReason) throws {
        #expect(RevocationCodes.reason(try RevocationCodes.code(reason)) == reason)
    }

    @Test(arguments: [RevocationReason.cACompromise, .removeFromCRL, .certificateHold])
    func `other reasons are refused before anything is sent`(reason: RevocationReason) {
        let error = #expect(throws: ProviderError.self) { try RevocationCodes.code(reason) }
        #expect(error?.disposition == .rejected)
    }

    @Test func `a code that nobody knows is no reason`() {
        #expect(RevocationCodes.reason("weather") == nil)
    }
}
