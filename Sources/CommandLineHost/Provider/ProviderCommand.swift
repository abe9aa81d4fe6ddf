// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct ProviderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "The CAs that this build can speak to.",
        discussion: "Example: publicca provider show mock",
        subcommands: [ProviderListCommand.self, ProviderShowCommand.self])

    @OptionGroup(visibility: .hidden) var global: GlobalOptions
}

struct ProviderListCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What is built in.", discussion: "Example: publicca provider list")

    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let plugins = try Composition.registry(session.providers).plugins
        var table = Table("ID", "NAME", "CAPABILITIES")
        for plugin in plugins {
            table.add(plugin.id, plugin.summary, plugin.capabilities.map(\.rawValue).sorted().joined(separator: ", "))
        }
        try session.output.list(
            plugins.map { ProviderShowCommand.json($0) }, table, empty: "this build has no provider")
        return .done
    }
}

struct ProviderShowCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Settings, capabilities and notes of one provider.",
        discussion: "Example: publicca provider show mock")

    @Argument(help: ArgumentHelp("As listed.", valueName: "id")) var id: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let plugin = try session.plugin(id)
        if session.output.isJSON {
            try session.output.json(Self.json(plugin))
            return .done
        }
        var table = Table("SETTING", "DEFAULT", "MEANING")
        for setting in plugin.settings {
            let kind = setting.isSecret ? "secret" : setting.isRequired ? "required" : setting.defaultValue ?? ""
            table.add(setting.name, kind, setting.help)
        }
        var text = "\(plugin.id): \(plugin.summary)\n"
        text += "can: \(plugin.capabilities.map(\.rawValue).sorted().joined(separator: ", "))\n\n"
        text += table.text(width: session.output.width)
        if !plugin.notes.isEmpty { text += "\n\n" + plugin.notes.joined(separator: "\n") }
        try session.output.print(text)
        return .done
    }

    static func json(_ plugin: ProviderPlugin) -> JSONDocument {
        .object([
            "id": .text(plugin.id), "name": .text(plugin.summary),
            "capabilities": .texts(plugin.capabilities.map(\.rawValue).sorted()),
            "settings": .list(
                plugin.settings.map {
                    .object([
                        "name": .text($0.name), "help": .text($0.help), "required": .truth($0.isRequired),
                        "secret": .truth($0.isSecret), "default": .optional($0.defaultValue),
                    ])
                }),
            "notes": .texts(plugin.notes),
        ])
    }
}

extension Session {
    /// A plugin by its id. Throws `notFound` with the nearest ones.
    func plugin(_ id: String) throws(LifecycleError) -> ProviderPlugin {
        let registry = try Composition.registry(providers)
        if let plugin = registry[id] { return plugin }
        let near = NearestNames.to(id, among: registry.plugins.map(\.id))
        throw LifecycleError(
            .notFound, "there is no provider \"\(id)\"",
            hint: near.isEmpty ? "see: publicca provider list" : "did you mean \(near.joined(separator: " or "))?")
    }
}
