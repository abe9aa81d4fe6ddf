// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import Testing

@testable import CommandLineHost

struct ImportProgressTests {
    private func text(_ listed: Int, of total: Int?, before: Int = 0, seconds: Double = 10) -> String {
        var report = ImportReport()
        (report.listed, report.new, report.total) = (listed, listed, total)
        return ImportProgress.text(report, listedBefore: before, seconds: seconds)
    }

    @Test func `it says how far it is, how fast, and how long the rest may take`() {
        #expect(
            text(500, of: 2000)
                == "importing [#####...............] 500 of 2000, 500 new, 50/s, about 30 s to go")
    }

    @Test func `an import that is taken up again counts what it does now`() {
        #expect(text(1500, of: 2000, before: 1450).hasSuffix("5.0/s, about 100 s to go"))
    }

    @Test(arguments: [nil, 0, 499] as [Int?])
    func `without a total, or with one that was passed, there is no bar`(_ total: Int?) {
        #expect(text(500, of: total) == "importing: 500 listed, 500 new, 50/s")
    }

    @Test func `at the very start there is no pace yet`() {
        #expect(text(0, of: 2000, seconds: 0) == "importing [....................] 0 of 2000, 0 new")
    }
}
