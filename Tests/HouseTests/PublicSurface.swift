// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What of a target has to be learned, counted as docs/Decisions/0003-public-budgets.md says: types, protocols with
/// their calls, and functions. Not counted are a value's members, initialisers, and functions that only carry out a
/// protocol's call.
struct PublicSurface: Sendable {
    private(set) var types: [String] = []
    /// Calls of public protocols.
    private(set) var calls: [String] = []
    private(set) var functions: [String] = []

    var names: [String] { types + calls + functions }

    init(folder: String) throws {
        for path in House.files(below: [folder]) { add(try House.text(path)) }
    }

    init(text: String) { add(text) }

    /// How many there are, leaving out what carries out the calls of these protocols.
    func count(without known: Set<String>) -> Int {
        types.count + calls.count + functions.filter { !known.contains($0) }.count
    }

    private mutating func add(_ text: String) {
        var isInProtocol = false
        for line in text.split(separator: "\n") {
            if line == "}" { isInProtocol = false }
            let code = line.drop { $0 == " " }
            guard ["public ", "@", "func ", "mutating "].contains(where: { code.hasPrefix($0) }) else { continue }
            if isInProtocol, let match = line.firstMatch(of: /^ {4}(?:mutating )?func ([^(<]+)/) {
                calls.append(String(match.output.1))
            }
            let declared =
                /^ *(?:@\w+ )*public (?:(?:final|indirect) )*(struct|class|enum|protocol|actor|typealias) (\w+)/
            if let match = line.firstMatch(of: declared) {
                types.append(String(match.output.2))
                if match.output.1 == "protocol" { isInProtocol = !line.hasSuffix("{}") }
            }
            if let match = line.firstMatch(of: /^ *(?:@\w+ )*public (?:static |mutating )*func ([^(<]+)/) {
                functions.append(String(match.output.1))
            }
        }
    }
}
