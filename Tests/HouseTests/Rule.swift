// SPDX-License-Identifier: Apache-2.0

import Testing

/// A sentence that the tree has to keep, and how to tell: one line for each place where it does not.
struct Rule: Sendable, CustomTestStringConvertible {
    let sentence: String
    let violations: @Sendable (House) throws -> [String]

    init(_ sentence: String, _ violations: @escaping @Sendable (House) throws -> [String]) {
        self.sentence = sentence
        self.violations = violations
    }

    static let all =
        layers + plugins + budgets + files + forbidden + contexts + tests + documents + comments + words + exchanges

    var testDescription: String { sentence }
}

struct RuleTests {
    @Test(arguments: Rule.all)
    func `the house keeps a rule`(_ rule: Rule) throws {
        for violation in try rule.violations(.ours) { Issue.record("\(violation)") }
    }
}
