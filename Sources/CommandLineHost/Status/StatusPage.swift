// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// The page that an operator opens first.
struct StatusPage: Sendable {
    let status: StatusReport
    /// What a line may hold; `nil` for no limit.
    let width: Int?
    let bars: Bars

    var text: String {
        var lines: [String] = []
        if status.attention.isEmpty {
            lines.append("nothing needs a person")
        } else {
            lines.append("needs a person:")
            for item in status.attention { lines += self.lines(of: item) }
        }
        lines.append("")
        let facts =
            status.health.lines(at: status.now) + [
                ("orders", counted(status.orders) ?? "none yet; order with: publicca order create"),
                ("certificates", counted(status.certificates) ?? "none yet"),
                ("expiring", status.expiring.map { "\($0.count) within \($0.days) days" }.joined(separator: ", ")),
            ]
        for (name, text) in facts { lines += wrapped("\(name.padded(to: 12))  ", text) }
        return (lines + histogram).joined(separator: "\n")
    }

    private func lines(of item: Attention) -> [String] {
        let since = item.since.map { " (since \(Dates.short($0)))" } ?? ""
        return wrapped("  \(item.severity.rawValue.padded(to: 8))  ", "\(item.what)\(since)".singleLine)
            + wrapped("            ", item.hint)
    }

    /// Nothing where nothing ends.
    private var histogram: [String] {
        let most = status.weeks.map(\.count).max() ?? 0
        guard most > 0 else { return [] }
        let digits = String(most).count
        let room = min((width ?? 80) - digits - 16, 50)
        let rows = status.weeks.map { week in
            let count = String(repeating: " ", count: digits - String(week.count).count) + String(week.count)
            let bar = bars.text(week.count, of: most, width: room)
            return "  \(Dates.short(week.from).prefix(10))  \(count)" + (bar.isEmpty ? "" : "  \(bar)")
        }
        return ["", "expiring in the week from"] + rows
    }

    private func counted(_ counts: [(String, Int)]) -> String? {
        let known = counts.filter { $0.1 > 0 }
        return known.isEmpty ? nil : known.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }

    /// Broken between words where the line would get too long; what follows stands below the text.
    private func wrapped(_ label: String, _ text: String) -> [String] {
        guard let width, width > label.count + 20 else { return [label + text] }
        var lines = [label]
        var isFirst = true
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if !isFirst, last.count + 1 + word.count > width {
                lines.append(String(repeating: " ", count: label.count) + word)
            } else {
                lines[lines.count - 1] = last + (isFirst ? "" : " ") + word
            }
            isFirst = false
        }
        return lines
    }
}
