// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import PublicCA
import Testing

@testable import TemplateProvider

@Suite struct FailureCodesTests {
    private func reply(_ body: String) -> HTTPReply {
        HTTPReply(response: HTTPResponse(status: .badRequest), body: Data(body.utf8))
    }

    @Test(arguments: [
        ("order-locked", ProviderError.Disposition.transient(retryAfter: .seconds(60))),
        ("credit-exhausted", .account), ("contract-ended", .account), ("bad-csr", .rejected), ("", .rejected),
    ])
    func `a code leads to`(code: String, disposition: ProviderError.Disposition) {
        let error = FailureCodes.refine(
            reply(#"{"error":{"code":"\#(code)","text":"x"}}"#), ProviderError(.rejected, "placing", wording: "x"))
        #expect(error == ProviderError(disposition, "placing", wording: "x"))
    }

    @Test(arguments: ["", "<html>", "{}", #"{"error":"order-locked"}"#])
    func `a body without a code leaves the verdict`(body: String) {
        let error = ProviderError(.ambiguous(settle: .seconds(1)), "placing")
        #expect(FailureCodes.refine(reply(body), error) == error)
    }
}
