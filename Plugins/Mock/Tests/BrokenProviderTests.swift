// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA
import PublicCATesting
import Testing

@Suite struct BrokenProviderTests {
    @Test(arguments: Breakage.all)
    func `a broken promise is noticed`(breakage: Breakage) async throws {
        let check = try #require(ProviderCheck.all.first { $0.promise == breakage.promise })
        let fixture = ProviderFixture.mock(breakage.shape) { breakage.disguise($0) }
        let failure = await #expect(throws: ConformanceFailure.self) { try await check.run(with: fixture) }
        #expect(failure?.promise == breakage.promise && failure?.seen.isEmpty == false)
    }

    @Test func `every check is shown to fail`() {
        #expect(Set(Breakage.all.map(\.promise)) == Set(ProviderCheck.all.map(\.promise)))
    }

    @Test func `an untouched disguise keeps every promise`() async {
        let report = await ConformanceReport(with: .mock { BrokenProvider($0) })
        #expect(report.failures.isEmpty, "\(report)")
    }

    @Test func `a CA that does not say how certificates fare keeps every promise that it can`() async {
        let fixture = ProviderFixture.mock { base in
            var silent = BrokenProvider(base)
            silent.onCertificate = { (base, reference) throws(ProviderError) in
                var snapshot = try await base.certificate(reference)
                (snapshot.state, snapshot.wording) = (.unrecognized, "")
                return snapshot
            }
            return silent
        }
        let report = await ConformanceReport(with: fixture)
        #expect(report.failures.isEmpty, "\(report)")
        #expect(report.description.contains("not applicable  a revocation shows at the certificate (the CA does not"))
    }
}
