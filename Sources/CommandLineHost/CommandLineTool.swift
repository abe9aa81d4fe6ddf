// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
public import PublicCA

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The command `publicca` with a list of providers: a company ships its own with `.builtin + [.mine]`.
public struct CommandLineTool: Sendable {
    let providers: [ProviderPlugin]

    public init(providers: [ProviderPlugin]) { self.providers = providers }

    /// Does what the process was called with, and ends it.
    public func main() async -> Never {
        // Whatever is made here, the database above all, is for its owner alone.
        umask(0o077)
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        exit(status.rawValue)
    }

    func run(_ arguments: [String]) async -> ExitStatus {
        let arguments = DashedTexts.joined(arguments)
        let command: any ParsableCommand
        do {
            command = try RootCommand.parseAsRoot(arguments)
        } catch {
            return ended(error, arguments)
        }
        guard let command = command as? any HostCommand else { return help(command, arguments) }
        let session = Session(
            providers: providers, global: command.global, environment: ProcessInfo.processInfo.environment,
            workingFolder: FileManager.default.currentDirectoryPath)
        do {
            return try await command.run(session)
        } catch let error as LifecycleError {
            session.output.error(error)
            return ExitStatus(error.code)
        } catch {
            return ended(error, arguments)
        }
    }

    /// Commands that only hold others, and `help` itself.
    private func help(_ command: any ParsableCommand, _ arguments: [String]) -> ExitStatus {
        var command = command
        do {
            try command.run()
            return .done
        } catch {
            return ended(error, arguments)
        }
    }

    /// Help, version and completion scripts come as errors that are none; all else is wrong usage.
    private func ended(_ error: any Error, _ arguments: [String]) -> ExitStatus {
        let output = Output(isJSON: UsageError.wantsJSON(arguments), isQuiet: false, width: nil)
        if RootCommand.exitCode(for: error).isSuccess {
            let columns = Terminal.width.map { min($0, 100) } ?? 80
            let text = HelpText.tidied(RootCommand.fullMessage(for: error, columns: columns))
            do throws(LifecycleError) {
                if !text.isEmpty { try output.print(text) }
                return .done
            } catch {
                output.error(error)
                return ExitStatus(error.code)
            }
        }
        output.error(UsageError.lifecycleError(RootCommand.message(for: error), arguments))
        return .usage
    }
}
