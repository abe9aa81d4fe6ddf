// SPDX-License-Identifier: Apache-2.0

/// What of a target has to be learned, counted as docs/Decisions/0003-public-budgets.md says: types, protocols with
/// their calls, functions and subscripts. Not counted are a value's members, initialisers, and functions of a type that
/// only carry out a call of a protocol that this very type conforms to.
struct PublicSurface: Sendable {
    private struct Function {
        let name: String
        /// The type in which it stands; empty for one that stands alone.
        let owner: String
    }

    /// A type or extension that is open at a line.
    private struct Scope {
        let name: String
        let indent: Int
        let isProtocol: Bool
    }

    private(set) var types: [String] = []
    /// The calls of each protocol.
    private(set) var calls: [String: [String]] = [:]
    private var publicProtocols: Set<String> = []
    private var functions: [Function] = []
    /// What each type and protocol says that it conforms to.
    private var conformances: [String: Set<String>] = [:]

    init(folder: String, in house: House) throws {
        for path in house.files(below: [folder]) { add(try house.text(path)) }
    }

    init(text: String) { add(text) }

    /// Everything that counts; the protocols are those of all targets.
    func names(knowing protocols: PublicSurface) -> [String] {
        let counted = functions.filter { function in
            !promises(of: function.owner, protocols).contains { name in
                protocols.calls[name, default: []].contains(function.name)
            }
        }
        return types + publicProtocols.sorted().flatMap { calls[$0] ?? [] } + counted.map(\.name)
    }

    /// The protocols that a type conforms to, through others too; a protocol's own extension carries out its calls.
    private func promises(of type: String, _ protocols: PublicSurface) -> Set<String> {
        var known: Set = [type]
        var open = [type]
        while let next = open.popLast() {
            let inherited = protocols.calls[next] == nil ? [] : protocols.conformances[next, default: []]
            for name in conformances[next, default: []].union(inherited) where known.insert(name).inserted {
                open.append(name)
            }
        }
        return known
    }

    private mutating func add(_ text: String) {
        var scopes: [Scope] = []
        // A declaration whose brace stands on a later line.
        var head = ""
        for line in text.split(separator: "\n") {
            let code = line.drop { $0 == " " }
            let indent = line.count - code.count
            if code.first == "}" { scopes.removeAll { $0.indent >= indent } }
            if !head.isEmpty {
                head += " " + code
            } else if Self.starts.contains(String(code.prefix { $0.isLetter })) || code.first == "@" {
                head = String(line)
            }
            guard !head.isEmpty else { continue }
            if let scope = declare(head) {
                // Until its brace, the list of what it conforms to goes on.
                guard head.contains("{") else { continue }
                conform(head, scope.name)
                if !head.hasSuffix("}") { scopes.append(scope) }
            } else {
                count(head, in: scopes.last)
            }
            head = ""
        }
    }

    private static let starts: Set<String> = [
        "public", "package", "internal", "private", "fileprivate", "final", "indirect", "nonisolated", "struct",
        "class",
        "enum", "protocol", "actor", "extension", "typealias", "func", "mutating", "static", "subscript",
    ]

    private func declare(_ head: String) -> Scope? {
        let form =
            /^( *)(?:@\w+(?:\([^)]*\))? +|(?:public|package|internal|private|fileprivate|final|indirect|nonisolated) +)*(struct|class|enum|protocol|actor|extension) +([\w.\[\]]+)/
        guard let match = head.firstMatch(of: form), match.output.3 != "func", match.output.3 != "subscript" else {
            return nil
        }
        let name = match.output.3.split(separator: ".").last ?? match.output.3
        return Scope(name: String(name), indent: match.output.1.count, isProtocol: match.output.2 == "protocol")
    }

    private mutating func conform(_ head: String, _ name: String) {
        let form = /(struct|class|enum|protocol|actor|extension) +[\w.\[\]]+(?:<[^>{]*>)?(?: *: *([^{]*))?/
        guard let match = head.firstMatch(of: form) else { return }
        let list = (match.output.2 ?? "").prefix { $0 != "{" }.split(separator: " where ").first ?? ""
        conformances[name, default: []].formUnion(list.matches(of: /\w+/).map { String($0.output) })
        guard match.output.1 != "extension" else { return }
        if head.contains("public ") { types.append(name) }
        guard match.output.1 == "protocol" else { return }
        calls[name] = calls[name] ?? []
        if head.contains("public ") { publicProtocols.insert(name) }
    }

    private mutating func count(_ head: String, in scope: Scope?) {
        let modifiers =
            /^ *(?:@\w+(?:\([^)]*\))? +)*((?:(?:public|package|static|class|final|mutating|nonmutating|nonisolated(?:\(\w+\))?|override|borrowing|consuming|isolated) +)*)(?:func +([^(<\s]+)|(subscript)|(typealias) +(\w+))/
        guard let match = head.firstMatch(of: modifiers) else { return }
        let isPublic = match.output.1.contains("public ")
        if let name = match.output.2 ?? match.output.3 {
            if let scope, scope.isProtocol {
                calls[scope.name, default: []].append(String(name))
            } else if isPublic {
                functions.append(Function(name: String(name), owner: scope?.name ?? ""))
            }
        } else if let name = match.output.5, isPublic {
            types.append(String(name))
        }
    }
}
