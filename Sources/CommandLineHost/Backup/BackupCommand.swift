// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine

struct BackupCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database into one file while everything goes on.",
        discussion: "Example: publicca backup publicca-2026-01-31.sqlite")

    @Argument(help: "A file that is not there yet.", completion: .file()) var path: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let home = try session.home()
        let path = session.absolute(path)
        let began = Date()
        let backup = HomeBackup(home, environment: session.environment)
        let contents = try await session.output.telling("backing up \(home.database)") {
            () async throws(LifecycleError) in try await backup.write(to: path)
        }
        let bytes = SystemFile.size(path) ?? 0
        let key = home.masterKeyPlace(environment: session.environment)
        let configuration = SystemFile.exists(home.configurationFile) ? home.configurationFile : nil
        let document = contents.json.merging([
            "path": .text(path), "bytes": .number(bytes), "at": .date(began), "masterKey": .text(key),
            "masterKeyIncluded": .truth(false), "configuration": .optional(configuration),
            "configurationIncluded": .truth(false),
        ])
        try session.output.result(
            document, text: "\(path) holds \(contents.sentence), \(bytes) bytes, read through after it was written")
        contents.warn(session.output)
        contents.warnOfKeys(session.output)
        session.output.note(
            "the master key is not in it, and without it no key or password in it can be used: keep \(key) elsewhere")
        if let configuration { session.output.note("the configuration is not in it: copy \(configuration), too") }
        return .done
    }
}
