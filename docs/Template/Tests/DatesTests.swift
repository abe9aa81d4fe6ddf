// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import TemplateProvider

@Suite struct DatesTests {
    @Test(arguments: [
        ("2026-01-01T00:00:00Z", 1_767_225_600.0), ("2026-01-01", nil), ("01/02/2026", nil), ("", nil),
    ])
    func `a date is`(text: String, seconds: Double?) {
        #expect(Dates.date(text)?.timeIntervalSince1970 == seconds)
    }
}
