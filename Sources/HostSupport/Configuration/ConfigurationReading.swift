// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import Yams

/// Walks through the file by its nodes, which know their lines, and notes everything that is wrong.
struct ConfigurationReading {
    struct Problem {
        var line: Int
        var message: String
    }

    /// Plain values by their dotted key.
    private(set) var values: [String: String] = [:]
    private(set) var problems: [Problem] = []

    mutating func read(_ yaml: String) {
        do {
            // A file of nothing but comments is empty.
            guard let root = try Yams.compose(yaml: yaml) else { return }
            if root.string == "", root.mapping == nil { return }
            read(root, as: .whole, at: "")
        } catch let error as YamlError {
            note(syntax: error)
        } catch {
            problems.append(Problem(line: 1, message: "\(error)"))
        }
    }

    private mutating func note(syntax error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            problems.append(Problem(line: mark.line, message: "this is not YAML: \(problem)"))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "\($0)" }.joined(separator: ", ")
            problems.append(Problem(line: context.mark.line, message: "\(names) is given twice"))
        default:
            problems.append(Problem(line: 1, message: "this is not YAML"))
        }
    }

    private mutating func read(_ node: Node, as shape: ConfigurationShape, at key: String) {
        switch shape {
        case .object(let members): readObject(node, members, at: key)
        case .list:
            if node.sequence == nil, node.mapping == nil { expected("a list", node, at: key) }
        case .schedule where node.mapping != nil:
            readObject(node, ConfigurationShape.scheduleMembers, at: key)
            if let every = values["\(key).every"], !ConfigurationShape.isInterval(every) {
                expected("such as daily, weekly or 12h", node, at: "\(key).every")
            }
            if let at = values["\(key).at"], !ConfigurationShape.isTimeOfDay(at) {
                expected("a time such as \"03:00\"", node, at: "\(key).at")
            }
        default: readScalar(node, as: shape, at: key)
        }
    }

    private mutating func readObject(_ node: Node, _ members: [String: ConfigurationShape], at key: String) {
        guard let mapping = node.mapping else {
            let names = members.keys.sorted().joined(separator: ", ")
            return expected("with \(names) below it", node, at: key.isEmpty ? "the file" : key)
        }
        for (nameNode, value) in mapping {
            let name = nameNode.string ?? ""
            let path = key.isEmpty ? name : "\(key).\(name)"
            if let shape = members[name] {
                read(value, as: shape, at: path)
                continue
            }
            let near = NearestNames.to(name, among: members.keys.sorted())
            let known =
                near.first.map { "did you mean \($0)?" } ?? "known are \(members.keys.sorted().joined(separator: ", "))"
            problems.append(Problem(line: nameNode.mark?.line ?? 1, message: "unknown key \"\(path)\", \(known)"))
        }
    }

    private mutating func readScalar(_ node: Node, as shape: ConfigurationShape, at key: String) {
        guard let text = node.scalar?.string else { return expected("a single value", node, at: key) }
        switch shape {
        case .number(let range):
            guard let number = Int(text), range.contains(number) else {
                return expected("a whole number from \(range.lowerBound) to \(range.upperBound)", node, at: key)
            }
        case .choice(let choices):
            guard choices.contains(text) else {
                return expected("one of \(choices.joined(separator: ", "))", node, at: key)
            }
        case .schedule:
            guard ConfigurationShape.isInterval(text) else {
                return expected("such as daily, weekly or 12h", node, at: key)
            }
        case .text, .list, .object: break
        }
        values[key] = text
    }

    private mutating func expected(_ what: String, _ node: Node, at key: String) {
        problems.append(Problem(line: node.mark?.line ?? 1, message: "\(key) must be \(what)"))
    }
}
