// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

struct ProviderErrorTests {
    @Test func `a wording that says nothing is none`() {
        var error = ProviderError(.rejected, "placing the order: the CA answered 400", wording: "")
        #expect(error.wording == nil && error.description == error.summary)
        error.wording = "-7 wrong"
        #expect(error.description == "placing the order: the CA answered 400: -7 wrong")
        error.wording = ""
        #expect(error.wording == nil)
    }
}
