// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Testing

struct AlternativeNameTests {
    @Test(arguments: [
        SubjectAlternativeName.dnsName("www.example.org"), .dnsName("*.example.org"), .ipAddress("192.0.2.1"),
        .ipAddress("2001:db8::1"), .dnsName("192.0.2.1"), .dnsName(""),
    ])
    func `a stored name is of the same kind when it comes back`(_ name: SubjectAlternativeName) throws {
        let stored = try JSONEncoder().encode([name])
        #expect(try JSONDecoder().decode([SubjectAlternativeName].self, from: stored) == [name])
    }

    @Test func `names are stored as people write them`() throws {
        let names: [SubjectAlternativeName] = [.dnsName("www.example.org"), .ipAddress("192.0.2.1")]
        let stored = String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
        #expect(stored == #"["www.example.org","192.0.2.1"]"#)
    }
}
