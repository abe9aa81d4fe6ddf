// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProviderHTTP
import PublicCA
import Testing

@Suite struct PEMTests {
    @Test(arguments: [1, 47, 48, 49, 1000])
    func `a signing request has lines of sixty-four and comes back whole`(octets: Int) {
        let der = Data((0..<octets).map { UInt8(truncatingIfNeeded: $0) })
        let lines = CertificateSigningRequest(der: der).pem.split(separator: "\n")
        #expect(lines.first == "-----BEGIN CERTIFICATE REQUEST-----")
        #expect(lines.last == "-----END CERTIFICATE REQUEST-----")
        let body = lines.dropFirst().dropLast()
        #expect(body.dropLast().allSatisfy { $0.count == 64 } && (1...64).contains(body.last?.count ?? 0))
        #expect(Data(base64Encoded: body.joined()) == der)
    }

    @Test(arguments: ["\n", "\r\n"])
    func `a chain keeps its order, and passes over what stands between`(newline: String) {
        let text = ["subject=/CN=x", begin, "AQID", " BAUG ", end, "", begin, "Bwg=", end].joined(separator: newline)
        #expect(CertificateChain(pem: text)?.certificates == [Data([1, 2, 3, 4, 5, 6]), Data([7, 8])])
    }

    @Test func `a byte order mark does not cost the first certificate`() {
        let text = "\u{feff}" + [begin, "AQID", end, begin, "Bwg=", end].joined(separator: "\r\n")
        #expect(CertificateChain(pem: text)?.certificates == [Data([1, 2, 3]), Data([7, 8])])
    }

    @Test(arguments: [
        "", "AQID", "AQID\n\(end)", "AQID\n\(end)\n\(begin)\nAQID\n\(end)", "\(begin)\nAQID", "\(begin)\n\(end)",
        "\(begin)\nA?\n\(end)",
        "\(begin)\nAQID\n\(end)\n\(begin)\nAQID", "\(begin)\nAQID\n\(begin)\nAQID\n\(end)",
    ])
    func `half a chain is no chain`(text: String) {
        #expect(CertificateChain(pem: text) == nil)
    }
}

private let begin = "-----BEGIN CERTIFICATE-----"
private let end = "-----END CERTIFICATE-----"
