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

    @Test(arguments: ["a renewal is found by its key", "a reissue is found by its key"])
    func `what is told apart by its certificate is found`(promise: String) async throws {
        let check = try #require(ProviderCheck.all.first { $0.promise == promise })
        let fixture = ProviderFixture.mock { base in
            var doubtful = BrokenProvider(base)
            doubtful.onLocate = { (base, attempt) throws(ProviderError) in
                guard case .found(let order) = try await base.locate(attempt) else { return .absent }
                return .undecided([order])
            }
            return doubtful
        }
        #expect(try await check.run(with: fixture) == .passed)
    }

    @Test func `a check without a fixture is a promise that is not kept`() async {
        let report = await ConformanceReport(of: Array(ProviderCheck.all.prefix(2))) { check in
            guard check.promise == ProviderCheck.all[0].promise else { throw ProviderError.misjudged }
            return .mock()
        }
        #expect(report.failures.map(\.promise) == [ProviderCheck.all[1].promise])
        #expect(report.failures.first?.seen.contains("misjudged") == true)
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
