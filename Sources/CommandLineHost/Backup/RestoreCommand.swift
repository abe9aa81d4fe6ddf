// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine

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
