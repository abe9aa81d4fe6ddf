// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// Rows under a header.
struct Table: Sendable {
    let header: [String]
    private(set) var rows: [[String]] = []

    init(_ header: String...) { self.header = header }

    mutating func add(_ cells: String?...) { rows.append(cells.map { ($0 ?? "").singleLine }) }

    /// - Parameter width: what a line may hold; `nil` for no limit, and then nothing is cut.
    func text(width: Int?) -> String {
        let lines = [header] + rows
        let natural = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        let widths = Self.fit(natural, header.map(\.count), into: width)
        return lines.map { cells in
            var line = zip(cells, widths).map { $0.cut(to: $1).padded(to: $1) }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// Takes from the widest column until all fit, but from none more than leaves its header legible. What a row is
    /// called by, in the first column, is cut only when nothing else is left.
    static func fit(_ natural: [Int], _ headers: [Int], into width: Int?) -> [Int] {
        guard let width else { return natural }
        var widths = natural
        let gaps = 2 * max(0, natural.count - 1)
        while widths.reduce(gaps, +) > width {
            let shrinkable = widths.indices.filter { widths[$0] > max(headers[$0], 8) }
            let others = shrinkable.filter { $0 != 0 }
            let widest = (others.isEmpty ? shrinkable : others).max { widths[$0] < widths[$1] }
            guard let widest else { break }
            widths[widest] -= 1
        }
        return widths
    }
}

extension String {
    /// Texts of others must not break lines, nor move a terminal's cursor.
    var singleLine: String {
        guard unicodeScalars.contains(where: \.disturbsLine) else { return self }
        var clean = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            clean.append(scalar.disturbsLine ? " " : scalar)
        }
        return String(clean)
    }

    func cut(to width: Int) -> String { count > width ? prefix(max(0, width - 1)) + "…" : self }

    func padded(to width: Int) -> String {
        let missing = width - count
        return missing > 0 ? self + String(repeating: " ", count: missing) : self
    }
}
