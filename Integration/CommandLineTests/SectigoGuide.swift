// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What `docs/Sectigo.md` says to type, in order, and what that prints. `Integration/Demo/story.sh` reads the same marks.
///
/// - A block that is fenced as `console` holds commands for a shell: a line that begins with `$ ` and goes on while lines end
///   in a backslash. What follows it is printed, and `(exit 3)` at its end is the exit code where that is not 0.
/// - A comment `<!-- at SCM: POST approve {"id": 1} -->` is what happens at SCM meanwhile: a call of the simulator's control
///   endpoint.
/// - What stands in another block, or within a paragraph, is not run.
struct SectigoGuide: Sendable {
    enum Step: Sendable {
        case command(Command)
        case event(method: String, name: String, json: String)
    }

    struct Command: Sendable {
        var line: Int
        var text: String
        var printed: [String] = []
        var exit: Int32 = 0
    }

    private(set) var steps: [Step] = []
    /// Commands of ours that are shown, and not run.
    private(set) var examples: Set<String> = []

    static func ours() throws -> SectigoGuide {
        SectigoGuide(try PublicCACommand.document("docs/Sectigo.md"))
    }

    init(_ text: String) {
        var isConsole = false
        var isOtherBlock = false
        var command: Command?
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            if !isConsole {
                isConsole = line == "```console" && !isOtherBlock
                if line.hasPrefix("```"), !isConsole { isOtherBlock.toggle() }
                if isOtherBlock, line.contains("publicca ") { examples.insert(line) }
                examples.formUnion(line.matches(of: /`(publicca [^`]*)`/).map { "\($0.1)" })
                if let event = line.wholeMatch(of: /<!-- at SCM: ([A-Z]+) (\w+) (.*) -->/) {
                    steps.append(.event(method: "\(event.1)", name: "\(event.2)", json: "\(event.3)"))
                }
            } else if line == "```" {
                isConsole = false
                if let command { steps.append(.command(command)) }
                command = nil
            } else if line.hasPrefix("$ ") {
                if let command { steps.append(.command(command)) }
                command = Command(line: index + 1, text: String(line.dropFirst(2)))
            } else if command?.text.hasSuffix("\\") == true {
                command?.text += "\n" + line
            } else if let exit = line.wholeMatch(of: /\(exit (\d+)\)/) {
                command?.exit = Int32(exit.1) ?? -1
            } else {
                command?.printed.append(line)
            }
        }
    }
}

extension SectigoGuide.Command {
    /// What differs from what the guide shows; `nil` where nothing does.
    ///
    /// In the guide, `…` is any text within a line. How many blanks stand between words does not matter, because ids and
    /// dates are wider than that. Lines of progress, which are printed after a second, are left out of `output`.
    func difference(from output: String) -> String? {
        var lines = output.components(separatedBy: "\n").filter {
            $0.firstMatch(of: /\(\d+ s(, \d+ s left to wait)?\)$/) == nil
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (shown, line) in zip(printed, lines) where !Self.matches(shown, line) {
            return "the guide shows\n  \(shown)\nand printed was\n  \(line)"
        }
        guard printed.count != lines.count else { return nil }
        return
            "the guide shows \(printed.count) lines, and printed were \(lines.count):\n\(lines.joined(separator: "\n"))"
    }

    private static func matches(_ shown: String, _ line: String) -> Bool {
        let pattern = words(shown).components(separatedBy: "…").map(NSRegularExpression.escapedPattern(for:))
        let words = words(line)
        return words.range(of: "^\(pattern.joined(separator: ".+"))$", options: .regularExpression) != nil
    }

    private static func words(_ line: String) -> String {
        line.split(separator: " ").joined(separator: " ")
    }
}
