// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `from --> to`, as the drawings in `docs/States.md` write it.
struct Edge: Hashable, CustomStringConvertible {
    var from: String
    var to: String
    var description: String { "\(from) --> \(to)" }
}

/// The edges that a section of `docs/States.md` draws.
enum Drawing {
    static func edges(under heading: String) throws -> Set<Edge> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/States.md"), encoding: .utf8)
        let section = text.components(separatedBy: "## ").first { $0.hasPrefix(heading) } ?? ""
        return Set(section.components(separatedBy: "\n").filter { $0.hasPrefix("    ") }.compactMap(edge))
    }

    private static func edge(in line: String) -> Edge? {
        let halves = line.components(separatedBy: " --> ")
        guard halves.count == 2, let to = halves[1].split(separator: ":").first else { return nil }
        let edge = Edge(
            from: halves[0].trimmingCharacters(in: .whitespaces), to: to.trimmingCharacters(in: .whitespaces))
        return edge.from == "[*]" || edge.to == "[*]" ? nil : edge
    }
}

/// Two sets of edges, compared so that a failure names what differs.
func difference(_ left: Set<Edge>, _ right: Set<Edge>) -> [String] {
    left.subtracting(right).map(\.description).sorted()
}
