// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct JournalCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "What happened, to one thing or to all.",
        usage: "publicca journal [<id>] [options]",
        discussion: "Example: publicca journal www.example.org")

    @Argument(help: "An id, its beginning, a name or an account.") var id: String?
    @Flag(help: "Go on until Ctrl-C.") var follow = false
    @Flag(help: "Check that no line was changed or lost.") var verify = false
    @Option(
        help: ArgumentHelp("Check it, and write down its last line, so that old lines may go.", valueName: "file"))
    var checkpoint: String?
    @Option(help: ArgumentHelp("Check it against a line that was written down before.", valueName: "file"))
    var against: String?
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        guard !(follow && session.output.isJSON) else {
            throw LifecycleError(.badInput, "what never ends is no JSON document", hint: "leave out --follow or --json")
        }
        let isCheck = verify || checkpoint != nil || against != nil
        guard !(isCheck && (follow || id != nil)) else {
            let option = verify ? "--verify" : checkpoint != nil ? "--checkpoint" : "--against"
            throw LifecycleError(
                .badInput, "\(option) looks at the whole journal", hint: "leave out everything else")
        }
        let composition = try await session.open()
        if isCheck {
            return try await JournalCheck(composition: composition).run(session, against: against, writing: checkpoint)
        }
        let repository = composition.repository
        var query = JournalQuery()
        if let id { try await JournalFinder(repository).narrow(&query, to: id) }
        let (entries, unreadable) = try await read(query, repository)
        if !follow || !entries.isEmpty {
            try session.output.list(
                entries.map { JournalView.json($0) }, JournalView.table(entries),
                empty: "order something with: publicca order create")
        }
        if follow {
            query.after = entries.last?.sequence ?? 0
            try await goOn(query, repository, session)
        }
        return session.tell(ofUnreadable: unreadable, "journal line")
    }

    private func read(
        _ start: JournalQuery, _ repository: any LifecycleRepository
    ) async throws(LifecycleError) -> (entries: [JournalEntry], unreadable: [UnreadableRow]) {
        var entries: [JournalEntry] = []
        var unreadable: [UnreadableRow] = []
        var query = start
        while true {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in try await repository.journal(wanted) }
            entries += page.items
            unreadable += page.unreadable
            guard query.goOn(behind: page) else { return (entries, unreadable) }
        }
    }

    private func goOn(
        _ start: JournalQuery, _ repository: any LifecycleRepository, _ session: Session
    ) async throws(LifecycleError) {
        let output = session.output
        let (result, _) = await Interruption.watching { _ -> Result<Void, LifecycleError> in
            var query = start
            do throws(LifecycleError) {
                while !Task.isCancelled {
                    for entry in try await read(query, repository).entries {
                        try output.print(JournalView.line(entry))
                        query.after = entry.sequence
                    }
                    do {
                        try await Task.sleep(for: .seconds(1))
                    } catch {
                        break
                    }
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
