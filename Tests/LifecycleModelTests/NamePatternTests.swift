// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import Testing

struct NamePatternTests {
    @Test(arguments: [
        ("www.example.org", "WWW.example.org", true), ("www.example.org", "w.example.org", false),
        ("*.example.org", "a.b.example.org", true), ("*.example.org", "example.org", false),
        ("www*", "www.example.org", true), ("*example*", "www.example.org", true), ("a*b*c", "aXbYc", true),
        ("a*b*c", "acb", false), ("*", "anything", true), ("ab*ab", "ab", false),
    ])
    func `a star stands for any characters`(_ pattern: String, _ name: String, _ matches: Bool) {
        #expect(NamePattern(pattern).matches(name) == matches)
    }

    @Test func `what somebody may have meant is found, the nearest first`() {
        #expect(NearestNames.to("Mock DW", among: ["Mock OV", "Mock DV", "Other"]).first == "Mock DV")
        #expect(NearestNames.to("zzz", among: ["Mock DV"]) == [])
    }
}
