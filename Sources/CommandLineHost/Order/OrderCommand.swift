// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct OrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Orders: attempts to get a certificate.",
        discussion: "Example: publicca order list --state placed",
        subcommands: [
            OrderCreateCommand.self, OrderImportCommand.self, OrderListCommand.self, OrderShowCommand.self,
            OrderCheckCommand.self, OrderCancelCommand.self, OrderDeleteCommand.self, OrderResolveCommand.self,
        ])

    @OptionGroup(visibility: .hidden) var global: GlobalOptions
}
