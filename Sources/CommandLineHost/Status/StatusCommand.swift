// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel

struct StatusCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What needs a person; health; what expires when.",
        discussion: "Example: publicca status")

    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let status = try await StatusReport.read(composition.engine, at: Date())
        let page = StatusPage(status: status, width: session.output.width, bars: session.bars)
        try session.output.result(status.json, text: page.text)
        return .done
    }
}
