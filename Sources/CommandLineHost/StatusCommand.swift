// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel

struct StatusCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What needs a person; counts; what comes next.",
        discussion: "Example: publicca status")

    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let now = Date()
        let status = try await StatusReport.read(composition, at: now)
        if session.output.isJSON {
            try session.output.json(status.json)
        } else {
            try session.output.print(text(status))
        }
        return .done
    }

    private func text(_ status: StatusReport) -> String {
        var lines: [String] = []
        if status.attention.isEmpty {
            lines.append("nothing needs a person")
        } else {
            lines.append("needs a person:")
            for item in status.attention { lines.append("  \(item.what)".singleLine + "\n    \(item.hint)") }
            if status.hasMore { lines.append("  and more; see: publicca order list --state stuck") }
        }
        lines.append("")
        lines.append("orders        \(counted(status.orders) ?? "none yet; order with: publicca order create")")
        lines.append("certificates  \(counted(status.certificates) ?? "none yet")")
        let ahead = status.expiring.map { "\($0.count) within \($0.days) days" }.joined(separator: ", ")
        lines.append("expiring      \(ahead)")
        lines.append(
            "next work     "
                + (status.next.map { "\($0.subject) \($0.step) at \(Dates.text($0.due))" } ?? "nothing is due"))
        return lines.joined(separator: "\n")
    }

    private func counted(_ counts: [(String, Int)]) -> String? {
        let known = counts.filter { $0.1 > 0 }
        return known.isEmpty ? nil : known.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }
}
