// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// What an author of a provider reads has to say something everywhere.
    static let comments = [
        Rule("every public declaration of the contract has a comment") { house in
            var silent: [String] = []
            for path in house.files(below: ["PublicCA", "ProviderHTTP", "PublicCATesting"].map { "Sources/\($0)" }) {
                let lines = try house.text(path).split(separator: "\n", omittingEmptySubsequences: false)
                for (index, line) in lines.enumerated() {
                    let code = line.drop { $0 == " " }
                    guard code.hasPrefix("public "), !code.hasPrefix("public import"), index > 0 else { continue }
                    guard !plain.contains(where: { code.hasPrefix($0) }) else { continue }
                    if !lines[index - 1].contains("///") { silent.append("\(path):\(index + 1)") }
                }
            }
            return silent
        }
    ]

    /// Memberwise initialisers, and what other protocols ask for, say all with their names.
    private static let plain = [
        "public init(", "public var rawValue", "public let rawValue", "public static func ==", "public func hash(into",
        "public func encode(to", "public var renewing", "public var reissuing", "public var cancelling",
        "public var finalizing", "public var locating", "public var orders:", "public var organizations: (any",
        "public var domains: (any",
    ]
}
