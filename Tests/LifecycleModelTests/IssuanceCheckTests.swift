// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct IssuanceCheckTests {
    private let now = OrderSamples.start

    private func leaf(_ edit: (inout CertificateFacts) -> Void = { _ in }) -> CertificateFacts {
        var facts = CertificateFacts(
            commonName: "a.org", alternativeNames: [.dnsName("a.org"), .dnsName("www.a.org")],
            serialNumber: SerialNumber("01"), subject: "CN=a.org", issuer: "CN=CA",
            notBefore: now.addingTimeInterval(-60), notAfter: now.addingTimeInterval(86400 * 199), sha256: "f",
            publicKey: PublicKeyDigest("k"), keyAlgorithm: .rsa2048)
        edit(&facts)
        return facts
    }

    private func problems(_ facts: CertificateFacts) -> [String] {
        IssuanceCheck.problems(with: facts, publicKey: PublicKeyDigest("k"), names: [.dnsName("a.org")], at: now)
    }

    @Test func `what was ordered passes, also with a name that the CA adds`() {
        #expect(problems(leaf()) == [])
    }

    @Test func `each fault is found`() {
        #expect(problems(leaf { $0.publicKey = PublicKeyDigest("other") }) == ["it is for another key"])
        #expect(problems(leaf { $0.alternativeNames = [.dnsName("b.org")] }) == ["it lacks a.org"])
        #expect(problems(leaf { $0.notAfter = now }) == ["it has expired already"])
        #expect(problems(leaf { $0.notBefore = now.addingTimeInterval(90000) }) == ["it is not valid yet"])
    }

    @Test func `a key held elsewhere is not compared`() {
        let facts = leaf { $0.publicKey = PublicKeyDigest("other") }
        #expect(IssuanceCheck.problems(with: facts, publicKey: nil, names: [], at: now) == [])
    }
}
