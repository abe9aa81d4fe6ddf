// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Testing

@testable import SectigoProvider

/// Looking for a renewal or a replacement by what is shown of the former certificate. The date is 15 January 2027, and the
/// call was made two days before.
struct PredecessorTests {
    private static let former = Predecessor(
        order: OrderReference("7"), certificate: CertificateReference("7"), serialNumber: SerialNumber("ab"),
        leaf: CertificateChain(certificates: []))
    private static let request = OrderRequest(
        key: OrderKey("pca-1"), signingRequest: CertificateSigningRequest(der: Data([0x30])),
        commonName: "a.example.com", alternativeNames: [.dnsName("a.example.com")], profile: ProfileID("501"), term: 199
    )

    /// The former certificate with these members, the only one that there is.
    private func scm(_ members: String) -> OtherSCM {
        OtherSCM { question in
            switch question.path {
            case "ssl/v1": .json(#"[{"sslId":7}]"#, total: 1)
            case "ssl/v1/7": .json(#"{"status":"Issued","serialNumber":"AB"\#(members)}"#)
            default: nil
            }
        }
    }

    private func locate(_ kind: OrderKind, _ members: String) async throws -> Located {
        try await scm(members).provider().locate(
            OrderAttempt(
                request: Self.request, kind: kind, predecessor: Self.former,
                notBefore: Date(timeIntervalSince1970: 1_799_800_000)))
    }

    @Test(arguments: [
        #""01/14/2027""#, #""14/01/2027""#, #""2027-01-14""#, "1799900000000", #""1799900000000""#, #""in winter""#,
        "7",
    ])
    func `a replacement that may be recent is not sent again`(_ replaced: String) async throws {
        #expect(try await locate(.reissue, #","replaced":\#(replaced)"#) == .undecided([Self.former.order]))
    }

    @Test(arguments: [
        "", #","replaced":null"#, #","replaced":" ""#, #","replaced":"12/01/2026""#, #","replaced":1700000000000"#,
    ])
    func `where none is shown, or one of long ago, ours has not arrived`(_ members: String) async throws {
        #expect(try await locate(.reissue, members) == .absent)
    }

    @Test(arguments: [
        #","renewed":true"#, #","renewedDate":"01/14/2027""#, #","renewed":false,"renewedDate":1799900000000"#,
    ])
    func `a renewal is noticed by either sign, and not bought again`(_ members: String) async throws {
        #expect(try await locate(.renewal, members) == .undecided([]))
        let scm = scm(members)
        let error = await #expect(throws: ProviderError.self) {
            try await scm.provider().renew(Self.former, with: Self.request)
        }
        #expect(error?.disposition == .rejected && scm.questions.allSatisfy { $0.method == "GET" })
    }

    @Test(arguments: ["", #","renewed":false,"renewedDate":"""#, #","renewed":null,"renewedDate":null"#])
    func `without a sign there is no renewal`(_ members: String) async throws {
        #expect(try await locate(.renewal, members) == .absent)
    }

    @Test(arguments: [("12/01/2027", true), ("13/01/2027", true), ("05/01/2027", false), ("01/12/2026", false)])
    func `of two readings of a day the younger counts that is not to come`(_ day: String, _ isRecent: Bool) async throws
    {
        let found = try await locate(.reissue, #","replaced":"\#(day)""#)
        #expect(found == (isRecent ? .undecided([Self.former.order]) : .absent))
    }
}
