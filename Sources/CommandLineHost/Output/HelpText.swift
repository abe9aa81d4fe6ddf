// SPDX-License-Identifier: Apache-2.0

/// Help that fits a screen: without the lines that say the same below every command.
enum HelpText {
    static func tidied(_ text: String) -> String {
        guard text.hasPrefix("OVERVIEW: ") else { return text }
        let isRoot = text.contains("\nUSAGE: publicca [--home")
        var lines: [Substring] = []
        var isBeforeUsage = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("USAGE: ") { isBeforeUsage = false }
            if line.isEmpty, isBeforeUsage || lines.last?.isEmpty == true { continue }
            if line.hasPrefix("  --version  "), !isRoot { continue }
            // Its room is needed: all commands, and what they are for, fit one screen.
            if line.hasPrefix("  See '"), isRoot { continue }
            // What the option's own words say already.
            if line.drop(while: { $0 == " " }).hasPrefix("(default as flag: ") { continue }
            lines.append(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n").replacing("OVERVIEW: ", with: "", maxReplacements: 1)
    }
}
