// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel

struct NotifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify", abstract: "Who is told what happens, and what did not arrive.",
        discussion: "Example: publicca notify test ops",
        subcommands: [
            NotifyListCommand.self, NotifyTestCommand.self, NotifyResendCommand.self, NotifyDiscardCommand.self,
        ])
}

struct NotifyListCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Channels, and how far each is.",
        discussion: "Example: publicca notify list")

    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let channels = try await session.open().engine.channels().map { ChannelView(channel: $0, record: $1) }
        try session.output.list(
            channels.map(\.json), ChannelView.table(channels),
            empty: "name whom to tell under notifications in config.yaml")
        return .done
    }
}

struct NotifyTestCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a message that says that it is a test.",
        discussion: "Example: publicca notify test ops")

    @Argument(help: "A channel.") var name: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let notice = try await session.open().engine.testChannel(name)
        try session.output.result(
            .object(["channel": .text(name), "id": .text(notice.id), "delivered": .truth(true)]),
            text: "channel \(name) took message \(notice.id)")
        return .done
    }
}

struct NotifyResendCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend", abstract: "Send again what was given up, and try now what waits.",
        discussion: "Example: publicca notify resend ops")

    @Argument(help: "A channel.") var name: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let engine = try await session.open().engine
        let before = try await engine.resendNotices(name)
        _ = try await reading { () async throws(RepositoryError) in try await engine.pass(.channel(name)) }
        let channels = try await engine.channels()
        guard let after = channels.first(where: { $0.channel.name == name })?.record else { return .done }
        let rest = after.waiting
        try session.output.result(
            .object([
                "channel": .text(name), "delivered": .number(max(0, before.waiting - rest)), "waiting": .number(rest),
                "problem": .optional(after.problem ?? after.deadLetters.last?.problem),
            ]),
            text: rest == 0 && after.deadLetters.isEmpty
                ? "nothing waits for channel \(name) any more"
                : "\(rest) messages wait for channel \(name), \(after.deadLetters.count) were given up again: "
                    + (after.problem ?? after.deadLetters.last?.problem ?? "").forMessages)
        return rest > 0 ? .pending : after.deadLetters.isEmpty ? .done : .refused
    }
}

struct NotifyDiscardCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Drop what was given up; it stays in the journal.",
        discussion: "Example: publicca notify discard ops --yes")

    @Argument(help: "A channel.") var name: String
    @OptionGroup var answer: YesOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let engine = try await session.open().engine
        try session.confirm("Drop the undelivered messages of channel \(name)?", answer)
        let count = try await engine.discardNotices(name)
        try session.output.result(
            .object(["channel": .text(name), "discarded": .number(count)]),
            text: "\(count) messages of channel \(name) were dropped; what they told stays in the journal")
        return .done
    }
}
