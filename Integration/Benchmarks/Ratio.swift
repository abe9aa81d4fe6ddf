// SPDX-License-Identifier: Apache-2.0

/// What was measured, set against a reference that was measured in turn with it, so that a slow moment hits both.
struct Ratio {
    enum Aim {
        case atLeast(Double), atMost(Double)
    }

    var name: String
    /// `nil` for what could not be measured here.
    var value: Double?
    /// `nil` for what is told beside the others.
    var aim: Aim?
    /// The figures behind it.
    var detail: String

    enum Outcome: String {
        case met, missed = "MISSED", skipped = "SKIPPED", told = ""
    }

    var outcome: Outcome {
        guard let value else { return .skipped }
        return switch aim {
        case .atLeast(let bound): value >= bound ? .met : .missed
        case .atMost(let bound): value <= bound ? .met : .missed
        case nil: .told
        }
    }

    private var aimText: String {
        switch aim {
        case .atLeast(let bound): ">= \(bound)"
        case .atMost(let bound): "<= \(bound)"
        case nil: ""
        }
    }

    static func table(_ ratios: [Ratio]) -> String {
        let rows =
            [["what", "ratio", "aim", "", "figures"]]
            + ratios.map { [$0.name, $0.value.map { decimals($0) } ?? "", $0.aimText, $0.outcome.rawValue, $0.detail] }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column < 4 ? cell + String(repeating: " ", count: widths[column] + 2 - cell.count) : cell
            }.joined()
        }.joined(separator: "\n")
    }
}

/// Two decimals.
func decimals(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = abs(hundredths % 100)
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}

extension [Double] {
    var median: Double {
        let sorted = sorted()
        guard let middle = sorted.dropFirst(count / 2).first else { return .nan }
        return count % 2 == 1 ? middle : (middle + sorted[count / 2 - 1]) / 2
    }
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1000 + Double(components.attoseconds) * 1e-15 }
}
