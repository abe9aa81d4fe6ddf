// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What an author of a provider reads has to say something everywhere.
struct DocumentationTests {
    /// Memberwise initialisers, and what other protocols ask for, say all with their names.
    private static let plain = [
        "public init(", "public var rawValue", "public let rawValue", "public static func ==", "public func hash(into",
        "public func encode(to", "public var renewing", "public var reissuing", "public var cancelling",
        "public var finalizing", "public var locating", "public var orders:", "public var organizations: (any",
        "public var domains: (any",
    ]

    @Test(arguments: ["PublicCA", "ProviderHTTP", "PublicCATesting"])
    func `every public declaration has a comment`(target: String) throws {
        var count = 0
        for path in House.files(below: ["Sources/\(target)"]) {
            let lines = try House.text(path).split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                let code = line.drop { $0 == " " }
                guard code.hasPrefix("public "), !code.hasPrefix("public import"), index > 0 else { continue }
                count += 1
                guard !Self.plain.contains(where: { code.hasPrefix($0) }) else { continue }
                #expect(lines[index - 1].contains("///"), "\(path):\(index + 1)")
            }
        }
        #expect(count > 10)
    }
}
