// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publicca",
        abstract: "The life of public certificates: order, renew, reissue, revoke.",
        discussion: "Example: publicca account add demo --provider mock",
        version: Version.text,
        subcommands: [
            ProviderCommand.self, AccountCommand.self, CatalogCommand.self, OrderCommand.self,
            CertificateCommand.self, AutoRenewCommand.self, DeployCommand.self, StatusCommand.self, PlanCommand.self,
            ExplainCommand.self, ForecastCommand.self, JournalCommand.self, RunCommand.self, NotifyCommand.self,
            DoctorCommand.self, KeyCommand.self, BackupCommand.self, RestoreCommand.self,
        ])

    @OptionGroup var global: GlobalOptions
}

enum Version {
    static let text = "0.1.0"
}
