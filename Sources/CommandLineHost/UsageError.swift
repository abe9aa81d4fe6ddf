// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LifecycleEngine
import LifecycleModel

/// Wrong usage, said like every other error: in one line, with what to do.
enum UsageError {
    static func lifecycleError(_ message: String, _ arguments: [String]) -> LifecycleError {
        let line = message.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " ")
        let (path, unknown, known) = command(arguments)
        let text = line.isEmpty ? "this cannot be understood" : line
        if let unknown {
            let near = NearestNames.to(unknown, among: known)
            let group = path.dropFirst().joined(separator: " ")
            let hint =
                near.isEmpty
                ? "see: \(path.joined(separator: " ")) --help" : "did you mean \(near.joined(separator: " or "))?"
            let place = group.isEmpty ? "" : "\(group) "
            return LifecycleError(.badInput, "there is no command \"\(place)\(unknown)\"", hint: hint)
        }
        return LifecycleError(
            .badInput, lowercasedFirst(text), hint: "see: \(path.joined(separator: " ")) --help")
    }

    /// Before the arguments are understood, the wish for JSON can only be guessed.
    static func wantsJSON(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains("--json")
    }

    /// How far the words lead through the commands; and, where they end at a group, the word that is none of its.
    private static func command(_ arguments: [String]) -> (path: [String], unknown: String?, known: [String]) {
        var path = [RootCommand._commandName]
        var current: any ParsableCommand.Type = RootCommand.self
        var words = arguments[...]
        while let word = words.popFirst() {
            if word == "--home" { _ = words.popFirst() }
            if word.hasPrefix("-") { continue }
            if word == "help" || current.configuration.subcommands.isEmpty { break }
            guard let next = current.configuration.subcommands.first(where: { $0._commandName == word }) else {
                return (path, word, current.configuration.subcommands.map { $0._commandName })
            }
            path.append(word)
            current = next
        }
        return (path, nil, [])
    }

    private static func lowercasedFirst(_ text: String) -> String {
        (text.first?.lowercased() ?? "") + text.dropFirst()
    }
}
