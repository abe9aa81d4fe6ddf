// SPDX-License-Identifier: Apache-2.0

import PublicCA
import PublicCATesting
import TemplateProvider
import Testing

@Suite struct TemplateContractTests {
    /// A row for each promise; what cannot be shown here is cancelled, not passed.
    @Test(arguments: ProviderCheck.all)
    func `the provider keeps the contract`(check: ProviderCheck) async throws {
        if case .notApplicable(let reason) = try await check.run(with: .template()) { try Test.cancel("\(reason)") }
    }

    /// The same as one table, because a test run does not print what was cancelled.
    @Test func `one CA bears all checks in a row`() async {
        let report = await ConformanceReport(with: .template())
        print(report)
        #expect(report.failures.isEmpty)
    }

    /// A conformance that gets lost makes rows not applicable, which alone would go unnoticed.
    @Test func `the capabilities are these`() {
        #expect(ProviderPlugin.template.capabilities == [.cancelling, .locating, .orders])
    }
}
