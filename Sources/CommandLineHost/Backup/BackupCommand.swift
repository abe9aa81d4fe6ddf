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
        session.output.note(
            "the master key is not in it, and without it no key or password in it can be used: keep \(key) elsewhere")
        if let configuration { session.output.note("the configuration is not in it: copy \(configuration), too") }
        return .done
    }
}

struct RestoreCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in the place of a database that is gone.",
        discussion: "Example: publicca restore publicca-2026-01-31.sqlite")

    @Argument(help: "What publicca backup wrote.", completion: .file()) var path: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let home = try session.home()
        let path = session.absolute(path)
        let restoring = HomeRestoring(home, environment: session.environment)
        let outcome = try await session.output.telling("restoring \(path)") {
            () async throws(LifecycleError) in try await restoring.restore(from: path)
        }
        let doubts = outcome.doubts
        let document = outcome.contents.json.merging([
            "path": .text(path), "database": .text(home.database), "masterKeyHere": .truth(outcome.hasMasterKey),
            "toBeLocated": .number(doubts.orders), "toBeImported": .texts(doubts.imports),
            "paused": .texts(doubts.paused),
        ])
        let last = outcome.contents.journal.map { "; the last that it knows of was done at \(Dates.text($0.at))" } ?? ""
        try session.output.result(
            document, text: "\(home.database) is back with \(outcome.contents.sentence)\(last)")
        outcome.contents.warn(session.output)
        if !outcome.hasMasterKey {
            session.output.warning(
                "its master key is not here, and nothing works without it: put it back as \(home.masterKeyFile), or give it "
                    + "as \(Home.masterKeyVariable)")
        }
        if doubts.orders > 0 {
            session.output.note("\(doubts.orders) unfinished orders are looked for at the CA before they are sent")
        }
        if !doubts.imports.isEmpty {
            session.output.note(
                "the CA may have more than is on record: the next publicca run imports it, or: publicca order import --account "
                    + "\(doubts.imports.joined(separator: ", ")); until then nothing of it is renewed")
        }
        for account in doubts.paused {
            session.output.warning(
                "account \(account) cannot list what was ordered since, and is paused: look at the CA, then: publicca account "
                    + "resume \(account)")
        }
        return .done
    }
}

extension HomeInspection {
    fileprivate var sentence: String {
        "\(accounts) accounts, \(orders) orders, \(certificates) certificates, \(keys) keys and \(journalLines) lines of "
            + "the journal"
    }

    fileprivate func warn(_ output: Output) {
        if unreadable > 0 {
            output.warning("\(unreadable) of its records cannot be read, the others can: publicca doctor names them")
        }
    }

    fileprivate var json: [String: JSONDocument] {
        let checkpoint = journal.map { line in
            JSONDocument.object([
                "sequence": .number(line.sequence), "hash": .text(line.hash), "at": .text(Dates.exact(line.at)),
            ])
        }
        return [
            "counts": .object([
                "accounts": .number(accounts), "orders": .number(orders), "certificates": .number(certificates),
                "keys": .number(keys), "journalLines": .number(journalLines),
            ]),
            "journal": checkpoint ?? .null, "unreadable": .number(unreadable),
        ]
    }
}

extension [String: JSONDocument] {
    fileprivate func merging(_ more: [String: JSONDocument]) -> JSONDocument { .object(merging(more) { $1 }) }
}

extension Output {
    /// Says again and again what is being done, as long as it takes.
    func telling<Value>(
        _ what: String, _ body: () async throws(LifecycleError) -> Value
    ) async throws(LifecycleError) -> Value {
        let line = ProgressLine(self)
        let progress = Task { await line.run { elapsed in "\(what) (\(elapsed) s)" } }
        let result: Result<Value, LifecycleError>
        do throws(LifecycleError) {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        progress.cancel()
        await progress.value
        return try result.get()
    }
}
