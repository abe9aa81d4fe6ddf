// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Glibc
import HostSupport
import LifecycleEngine

struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publicca",
        abstract: "Keeps certificates of public CAs alive.",
        discussion: """
            Example:
              publicca account add demo --provider mock
              publicca order create --account demo --profile "Mock DV" --name www.example.org --wait
            """,
        version: "0.1.0",
        subcommands: [
            AccountCommand.self, CatalogCommand.self, OrderCommand.self, CertificateCommand.self, StatusCommand.self,
            JournalCommand.self, RunCommand.self, ProviderCommand.self,
        ])

    @OptionGroup var global: GlobalOptions
}

/// Accepted before and after every command.
struct GlobalOptions: ParsableArguments {
    @Option(help: "The folder to work in.") var home: String?
    @Flag(help: "Print one JSON document.") var json = false
    @Flag(name: .shortAndLong, help: "Say more on standard error.") var verbose = false
    @Flag(name: .shortAndLong, help: "Say nothing but results.") var quiet = false

    /// The home, opened.
    func open() throws -> Composition {
        let environment = ProcessInfo.processInfo.environment
        return try Composition(
            home: Home(Self.homeAnywhere(home), environment: environment), plugins: CommandLineHost.plugins,
            environment: environment, worker: "cli-\(getpid())")
    }

    /// A subcommand's own group does not see what was given before it: `publicca --home X order list`.
    private static func homeAnywhere(_ own: String?) -> String? {
        if let own { return own }
        let arguments = CommandLine.arguments
        for (index, argument) in arguments.enumerated() {
            if argument.hasPrefix("--home=") { return String(argument.dropFirst(7)) }
            if argument == "--home", index + 1 < arguments.count { return arguments[index + 1] }
        }
        return nil
    }

    var isJSON: Bool { json || CommandLine.arguments.contains("--json") }
}

/// The question before something is destroyed.
struct Confirmation: ParsableArguments {
    @Flag(help: "Do not ask.") var yes = false

    /// Throws when nobody can be asked, or says no.
    func ask(_ question: String) throws {
        guard !yes else { return }
        guard isatty(0) == 1 else {
            throw LifecycleError(.badInput, "without a terminal this needs --yes", hint: question)
        }
        print("\(question) [y/N] ", terminator: "")
        fflush(nil)
        guard readLine()?.lowercased() == "y" else { throw LifecycleError(.badInput, "left as it was") }
    }
}
