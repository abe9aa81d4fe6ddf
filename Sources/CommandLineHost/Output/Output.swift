// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine

/// Results go to standard output; progress, notes, warnings and errors to standard error.
struct Output: Sendable {
    let isJSON: Bool
    let isQuiet: Bool
    /// What a line of standard output may hold; `nil` where it is no terminal.
    let width: Int?

    /// Text, or the one JSON document.
    func result(_ document: @autoclosure () -> JSONDocument, text: @autoclosure () -> String) throws(LifecycleError) {
        if isJSON { try json(document()) } else { try print(text()) }
    }

    /// A list. An empty one says what to do next.
    func list(
        _ items: @autoclosure () -> [JSONDocument], next: String? = nil, _ table: @autoclosure () -> Table,
        empty: String
    ) throws(LifecycleError) {
        if isJSON { return try json(.object(["items": .list(items()), "next": .optional(next)])) }
        let table = table()
        if table.rows.isEmpty { return try print("nothing yet; \(empty)") }
        try print(table.text(width: width))
        if let next { note("there is more; continue with --after \(next)") }
    }

    /// One thing: a line for each of its fields that has a value.
    func fields(_ document: @autoclosure () -> JSONDocument, _ fields: [(String, String?)]) throws(LifecycleError) {
        if isJSON { return try json(document()) }
        let known = fields.compactMap { name, value in value.map { (name, $0) } }.filter { !$0.1.isEmpty }
        let widest = known.map(\.0.count).max() ?? 0
        try print(known.map { "\($0.padded(to: widest))  \($1.singleLine)" }.joined(separator: "\n"))
    }

    func print(_ text: String) throws(LifecycleError) { try write(Data("\(text)\n".utf8)) }

    func json(_ document: JSONDocument) throws(LifecycleError) {
        try write(Data((document.encoded(isIndented: true) + "\n").utf8))
    }

    func write(_ contents: Data) throws(LifecycleError) {
        do throws(SystemFailure) {
            try SystemFile.writeAll(contents, to: 1, named: "standard output")
        } catch {
            throw LifecycleError(.storage, error.description)
        }
    }

    /// Something worth knowing that is no result.
    func note(_ text: String) {
        if !isQuiet { say("\(text.singleLine)\n") }
    }

    func warning(_ text: String) { say("warning: \(text.singleLine)\n") }

    func error(_ error: LifecycleError) {
        guard isJSON else { return say("error: \(error.description.singleLine)\n") }
        let document = JSONDocument.object([
            "error": .object([
                "code": .text(error.code.rawValue), "message": .text(error.message), "hint": .optional(error.hint),
            ])
        ])
        say(document.encoded(isIndented: false) + "\n")
    }

    func say(_ text: String) {
        do throws(SystemFailure) {
            try SystemFile.writeAll(Data(text.utf8), to: 2, named: "standard error")
        } catch {
            // Nobody is listening; the exit code still tells.
            return
        }
    }
}
