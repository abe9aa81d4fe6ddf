// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA
import Testing

@testable import CommandLineHost

struct ImportViewTests {
    private func view(_ references: String...) -> ImportView {
        var report = ImportReport()
        report.quarantined = references.map {
            UnreadableRow(reference: $0, reason: $0.isEmpty ? "www.example.com: id is missing" : "no date")
        }
        return ImportView(report: report, seconds: 1, problem: nil)
    }

    @Test func `what was set aside is shown by its reference, or by what else tells it apart`() {
        let shown = view("7", "").fields.first { $0.0 == "quarantined" }?.1
        #expect(shown == "2; 7: no date; www.example.com: id is missing")
    }

    @Test func `nobody is told to name what has no reference`() {
        #expect(view("7").advice == "import again, or name them with --reference")
        #expect(!view("", "").advice.contains("--reference"))
        #expect(view("7", "").advice.contains("name with --reference those that have one"))
    }
}
