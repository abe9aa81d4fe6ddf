// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Glibc
public import HostSupport
import LifecycleEngine
public import PublicCA

/// The command line as a library: a company ships its own executable with its own list of plugins.
public enum CommandLineHost {
    /// The plugins of this process; set once, before anything is parsed.
    @TaskLocal static var plugins: [ProviderPlugin] = .builtin

    /// Parses the process's arguments, does what they ask, and ends the process with the exit code of the surface.
    public static func run(plugins: [ProviderPlugin] = .builtin) async {
        let code = await $plugins.withValue(plugins) { await perform(Array(CommandLine.arguments.dropFirst())) }
        exit(code)
    }

    private static func perform(_ arguments: [String]) async -> Int32 {
        let isJSON = arguments.contains("--json")
        do {
            var command = try RootCommand.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let error as LifecycleError {
            Output.fail(error, isJSON: isJSON)
            return error.exitCode
        } catch let ended as Ended {
            return ended.code
        } catch {
            let code = RootCommand.exitCode(for: error)
            let message = RootCommand.fullMessage(for: error)
            guard code != .success else {
                print(message)
                return 0
            }
            let line = RootCommand.message(for: error)
            Output.fail(LifecycleError(.badInput, line, hint: "see --help"), isJSON: isJSON)
            return 64
        }
    }
}

/// A command that has said all it had to say, and ends with this code.
struct Ended: Error {
    var code: Int32
    /// Accepted and on its way, not finished yet.
    static let unfinished = Ended(code: 3)
    /// The thing ended badly.
    static let badly = Ended(code: 1)
}

extension LifecycleError {
    var exitCode: Int32 {
        switch code {
        case .badInput: 64
        case .notFound: 66
        case .unreachable: 69
        case .storage: 74
        case .accountRefused: 77
        case .configuration: 78
        default: 1
        }
    }
}
