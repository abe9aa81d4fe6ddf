// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Accepted before and after every command.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where everything is kept.", valueName: "dir"))
    var home: String?

    @Flag(help: "Print one JSON document.")
    var json = false

    @Flag(name: .shortAndLong, help: "Log what is done to standard error.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "No progress and no notes.")
    var quiet = false
}

/// Every command but those that only hold others.
protocol HostCommand: ParsableCommand {
    var global: GlobalOptions { get }
    /// Throws `LifecycleError`; what it returns is the exit code.
    func run(_ session: Session) async throws -> ExitStatus
}

/// How long to watch what was begun.
struct WaitOption: ParsableArguments {
    @Option(
        name: .long, defaultAsFlag: 300,
        help: ArgumentHelp("Watch until it is done.", valueName: "seconds"))
    var wait: Int?

    func validate() throws {
        if let wait, wait < 0 { throw ValidationError("--wait cannot be \(wait)") }
    }
}

/// The answer to the question that is asked before something is destroyed.
struct YesOption: ParsableArguments {
    @Flag(name: .long, help: "Do not ask.")
    var yes = false
}
