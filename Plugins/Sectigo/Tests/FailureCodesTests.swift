// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA
import Testing

@testable import SectigoProvider

struct FailureCodesTests {
    private func verdict(_ code: Int, _ effect: FailureCodes.Use, status: Int = 400) -> ProviderError.Disposition {
        let reply = HTTPReply(
            response: HTTPResponse(status: .init(code: status)),
            body: Data(#"{"code":\#(code),"description":"SCM's words"}"#.utf8))
        return FailureCodes.refine(
            reply, ProviderError(.rejected, "placing the order: the CA answered 400"), as: effect
        )
        .disposition
    }

    @Test func `the number may be a text, and the text may be missing`() {
        for body in [#"{"code":"-36"}"#, #"{"code":-36,"description":null,"items":[]}"#] {
            let reply = HTTPReply(response: HTTPResponse(status: .badRequest), body: Data(body.utf8))
            let error = FailureCodes.refine(reply, ProviderError(.rejected, "placing the order"), as: .write)
            #expect(error.wording == "-36")
        }
        let newer = #"{"description":"Bad request","details":"term: must be 199"}"#
        let reply = HTTPReply(response: HTTPResponse(status: .badRequest), body: Data(newer.utf8))
        let error = FailureCodes.refine(reply, ProviderError(.rejected, "placing the order"), as: .write)
        #expect(error.wording == "Bad request term: must be 199")
    }

    @Test(arguments: [0, -103, -109, -130, -169, -183, -1400])
    func `what is not there yet is asked for again`(_ code: Int) {
        #expect(verdict(code, .read) == .transient(retryAfter: .seconds(10)))
    }

    @Test(arguments: [
        // A request as it stands will never do.
        -3, -7, -9, -10, -11, -13, -25, -35, -36, -37, -39, -62, -64, -76, -78, -102, -103, -105, -107, -110, -111,
        -123,
        -126, -130, -131, -134, -135, -138, -141, -159, -160, -164, -169, -170, -180, -181, -183, -188, -192,
        -194,
        -226, -639, -707, -709, -711, -715, -724, -727, -732, -737, -738, -741, -843, -951, -1002, -1010, -1021, -1023,
        -1112, -1113, -1137, -1138, -1140, -1144, -1148, -1450, -1601, -1603, -1608,
        // Nobody has heard of it.
        -99_999,
    ])
    func `a refusal stays a refusal`(_ code: Int) {
        #expect(verdict(code, .write) == .rejected)
    }

    @Test(arguments: [-16, -970, -410, -429])
    func `a login that is not known stops the account`(_ code: Int) {
        #expect(verdict(code, .read) == .account)
        #expect(verdict(code, .write, status: 401) == .account)
    }

    @Test(arguments: [-1, -2, -14, -65, -129, -195, -196])
    func `what broke inside of SCM leaves a write in doubt`(_ code: Int) {
        #expect(verdict(code, .write) == .ambiguous(settle: SectigoProvider.settleTime))
        #expect(verdict(code, .read) == .transient(retryAfter: nil))
    }

    @Test(arguments: [0, -1400])
    func `what SCM says to be at work on already may be what was sent`(_ code: Int) {
        #expect(verdict(code, .write) == .ambiguous(settle: SectigoProvider.settleTime))
    }

    @Test(arguments: [-3, -25, -37, -226], [400, 401, 403])
    func `what this account may not do stops nothing else`(_ code: Int, _ status: Int) {
        #expect(verdict(code, .write, status: status) == .rejected)
        #expect(verdict(code, .read, status: status) == .rejected)
    }

    @Test(arguments: [-109, -140, -3114, -3115])
    func `what did nothing may be tried again`(_ code: Int) {
        #expect(verdict(code, .write) == .transient(retryAfter: nil))
    }

    @Test(arguments: [-124, -166, -1104, -1117, -5101])
    func `an unknown number is not found, and nothing that can be written to`(_ code: Int) {
        #expect(verdict(code, .read) == .notFound)
        #expect(verdict(code, .write) == .rejected)
    }

    @Test func `ordering that is stopped for the customer is tried again in an hour`() {
        #expect(verdict(-993, .write) == .transient(retryAfter: .seconds(3600)))
    }

    @Test(arguments: ["", "<html><title>Blocked</title></html>", "no", #"{"description":"Forbidden"}"#])
    func `a 403 without a number stops no account, unless a check meets it`(_ body: String) {
        let reply = HTTPReply(response: HTTPResponse(status: .forbidden), body: Data(body.utf8))
        let verdicts = [FailureCodes.Use.read, .write, .check].map { use in
            FailureCodes.refine(reply, ProviderError(.account, "placing the order: the CA answered 403"), as: use)
        }
        #expect(verdicts.map(\.disposition) == [.transient(retryAfter: nil), .rejected, .account])
        for verdict in verdicts {
            #expect(
                verdict.summary
                    == "placing the order: the CA answered 403: SCM, or something before it, forbids this request")
        }
    }

    @Test func `a 403 with a number that is not of the login stops no account`() {
        #expect(verdict(-36, .write, status: 403) == .rejected)
        #expect(verdict(-16, .write, status: 403) == .account)
    }

    @Test func `SCM's own words are kept`() {
        let reply = HTTPReply(
            response: HTTPResponse(status: .badRequest),
            body: Data(#"{"code":-36,"description":"The term is invalid"}"#.utf8))
        let error = FailureCodes.refine(reply, ProviderError(.rejected, "placing the order"), as: .write)
        #expect(error.wording == "-36 The term is invalid")
    }

    @Test(arguments: ["", "<html>502</html>", "[]", #"{"code":"x"}"#])
    func `what is not SCM's own failure changes nothing`(_ body: String) {
        let reply = HTTPReply(response: HTTPResponse(status: .badRequest), body: Data(body.utf8))
        let error = ProviderError(.rejected, "placing the order", wording: "as it came")
        #expect(FailureCodes.refine(reply, error, as: .write) == error)
    }
}
