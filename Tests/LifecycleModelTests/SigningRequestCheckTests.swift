// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA
import Testing

/// What a CSR may say beside the order.
struct SigningRequestCheckTests {
    private let check = RequestCheck(
        profile: CertificateProfile(id: ProfileID("7"), name: "DV", terms: [199]), organizations: nil)

    private func problems(
        csr names: [String], commonName: String?, ordered: [String], isSigned: Bool = true
    ) -> [String] {
        let details = OrderDetails(
            commonName: ordered[0], alternativeNames: ordered.map { .dnsName($0) }, term: 199)
        let facts = SigningRequestFacts(
            commonName: commonName, alternativeNames: names.map { .dnsName($0) }, publicKey: PublicKeyDigest("k"),
            keyAlgorithm: .rsa2048, isSignatureValid: isSigned)
        return check.problems(with: details, signingRequest: facts).map(\.message)
    }

    @Test func `the same names pass in any order`() {
        #expect(problems(csr: ["b.org", "a.org"], commonName: "a.org", ordered: ["a.org", "b.org"]) == [])
    }

    @Test func `a CSR with a common name alone leaves the names to the order`() {
        #expect(problems(csr: [], commonName: "a.org", ordered: ["a.org", "b.org"]) == [])
    }

    @Test func `another common name is a fault`() {
        #expect(
            problems(csr: [], commonName: "x.org", ordered: ["a.org"])
                == ["the CSR is for x.org, which is not ordered"])
    }

    @Test func `names that differ are told in both directions`() {
        #expect(
            problems(csr: ["a.org", "c.org"], commonName: nil, ordered: ["a.org", "b.org"])
                == ["the names of the CSR differ: it lacks b.org and has c.org too"])
    }

    @Test func `a wrong signature is the only thing that counts`() {
        #expect(
            problems(csr: ["x.org"], commonName: "x.org", ordered: ["a.org"], isSigned: false)
                == ["the signature of the CSR is wrong"])
    }
}
