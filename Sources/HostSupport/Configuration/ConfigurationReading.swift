// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Yams

/// Walks through the file by its nodes, which know their lines, and notes everything that is wrong.
struct ConfigurationReading {
    struct Problem: Hashable {
        var line: Int
        var message: String
    }

    /// A place with keys below it.
    struct Place {
        var key: String
        var line: Int
        fileprivate(set) var nodes: [String: Node] = [:]

        func path(_ name: String) -> String { key.isEmpty ? name : "\(key).\(name)" }
        func line(of name: String) -> Int { nodes[name]?.mark?.line ?? line }
        func has(_ name: String) -> Bool { nodes[name] != nil }
        func isList(_ name: String) -> Bool { nodes[name]?.sequence != nil }
        func isEmptyList(_ name: String) -> Bool { nodes[name]?.sequence?.isEmpty ?? false }
        func hasMembers(_ name: String) -> Bool { nodes[name]?.mapping != nil }
    }

    /// What the file speaks of; `nil` where that is not looked at.
    let surroundings: ConfigurationSurroundings?
    private(set) var problems: [Problem] = []

    /// What stands in the file is repeated to people, whoever wrote it.
    mutating func note(_ message: String, line: Int) {
        problems.append(Problem(line: line, message: message.inLine(of: 600)))
    }

    /// - Parameters:
    ///   - key: the way to the place.
    ///   - kind: where its members stand in ``ConfigurationKeys``; the key itself by default.
    mutating func place(_ node: Node, at key: String, as kind: String? = nil) -> Place? {
        let known = ConfigurationKeys.members[kind ?? key, default: []]
        guard let mapping = node.mapping else {
            expected(
                "with \(known.sorted().joined(separator: ", ")) below it", node, at: key.isEmpty ? "the file" : key)
            return nil
        }
        var place = Place(key: key, line: node.mark?.line ?? 1)
        for (nameNode, value) in mapping {
            let name = nameNode.string ?? ""
            if name.first == Self.repeated { continue }
            guard known.contains(name) else {
                let near = NearestNames.to(name, among: known.sorted()).first
                let hint = near.map { "did you mean \($0)?" } ?? "known are \(known.sorted().joined(separator: ", "))"
                note("unknown key \(place.path(name).quoted), \(hint)", line: nameNode.mark?.line ?? 1)
                continue
            }
            // A key with nothing behind it says nothing.
            if !value.isNothing { place.nodes[name] = value }
        }
        return place
    }

    /// The place under a key; `nil` where it is missing or wrong.
    mutating func place(_ name: String, of place: Place, as kind: String? = nil) -> Place? {
        place.nodes[name].flatMap { self.place($0, at: place.path(name), as: kind) }
    }

    /// The places of a list.
    mutating func places(_ name: String, of place: Place) -> [Place] {
        guard let node = place.nodes[name] else { return [] }
        guard let list = node.sequence else {
            expected("a list", node, at: place.path(name))
            return []
        }
        return list.compactMap { self.place($0, at: place.path(name)) }
    }

    /// A single value; `nil` where it is missing or wrong.
    mutating func value<Value>(
        _ name: String, of place: Place, _ read: (String) throws(Misfit) -> Value
    ) -> Value? {
        guard let node = place.nodes[name] else { return nil }
        guard let text = node.scalar?.string else {
            expected("a single value", node, at: place.path(name))
            return nil
        }
        return fitting(node, at: place.path(name)) { () throws(Misfit) in try read(text) }
    }

    /// A list of values, or one that stands alone; empty where it is missing or wrong.
    mutating func values<Value>(
        _ name: String, of place: Place, _ read: (String) throws(Misfit) -> Value
    ) -> [Value] {
        guard let node = place.nodes[name] else { return [] }
        return (node.sequence.map(Array.init) ?? [node]).compactMap { node -> Value? in
            guard let text = node.scalar?.string else {
                expected("a list of single values", node, at: place.path(name))
                return nil
            }
            return fitting(node, at: place.path(name)) { () throws(Misfit) in try read(text) }
        }
    }

    /// Notes where something that is needed is missing.
    mutating func need(_ name: String, of place: Place, for what: String) {
        if !place.has(name) { note("\(what) needs \(name)", line: place.line) }
    }

    private mutating func fitting<Value>(
        _ node: Node, at key: String, _ read: () throws(Misfit) -> Value
    ) -> Value? {
        do throws(Misfit) {
            return try read()
        } catch {
            expected(error.expected, node, at: key)
            return nil
        }
    }

    private mutating func expected(_ what: String, _ node: Node, at key: String) {
        note("\(key) must be \(what)", line: node.mark?.line ?? 1)
    }
}

/// Why a value does not fit: it "must be" this.
struct Misfit: Error, Hashable {
    var expected: String

    init(_ expected: String) { self.expected = expected }
}

extension Node {
    /// Whether nothing stands there: a key without a value, or the word for that.
    var isNothing: Bool {
        guard let scalar, scalar.style == .any || scalar.style == .plain else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }
}
