// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

struct CapabilityTests {
    @Test func `six calls alone are no capability`() {
        #expect(BareProvider().capabilities.isEmpty)
    }

    @Test func `a conformance switches its accessor on`() {
        let provider: any PublicCAProvider = CancellingProvider()
        #expect(provider.capabilities == [.cancelling])
        #expect(provider.cancelling != nil)
    }

    @Test func `an account without the right answers nil`() {
        let provider: any PublicCAProvider = RestrictedProvider()
        #expect(provider.cancelling == nil)
        #expect(provider.capabilities.isEmpty)
    }
}
