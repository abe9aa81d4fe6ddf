// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct AutoRenewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-renew", abstract: "Renew without being asked: for which, when, and what became of it.",
        discussion: "Example: publicca auto-renew enable --days 20 --certificate www.example.org",
        subcommands: [
            AutoRenewEnableCommand.self, AutoRenewDisableCommand.self, AutoRenewListCommand.self,
            AutoRenewRunCommand.self, AutoRenewAuditCommand.self,
        ])

    @OptionGroup(visibility: .hidden) var global: GlobalOptions
}
