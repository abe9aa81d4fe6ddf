// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Recomputes what binds each line of the journal to all before it.
struct JournalCheck {
    let composition: Composition

    /// - Parameter path: where the last line is written down, for somebody to keep elsewhere.
    func run(_ session: Session, writing path: String?) async throws(LifecycleError) -> ExitStatus {
        let bounds = try await composition.engine.journalBounds()
        let (count, last) = try await check(bounds)
        if let path, let last {
            let file = session.absolute(path)
            do throws(SystemFailure) {
                try SystemFile.replace(file, with: Data((Self.json(last).encoded(isIndented: true) + "\n").utf8))
            } catch {
                throw LifecycleError(.storage, error.description)
            }
            try await composition.engine.recordCheckpoint(last)
        }
        let pruned = bounds.pruned?.sequence ?? 0
        let end = last.map { "; the last one's hash is \($0.hash)" } ?? ""
        try session.output.result(
            .object([
                "verified": .truth(true), "lines": .number(count), "pruned": .number(pruned),
                "hash": .text(last?.hash ?? ""),
            ]),
            text: "\(count) lines\(pruned == 0 ? "" : " after line \(pruned)"), none changed and none lost\(end)")
        return .done
    }

    /// Begins behind what was dropped. What was exported has to be as it was then: whoever writes the whole journal anew
    /// would not get that right.
    private func check(
        _ bounds: JournalBounds
    ) async throws(LifecycleError) -> (count: Int, last: JournalCheckpoint?) {
        let repository = composition.repository
        var query = JournalQuery()
        var last = bounds.pruned
        query.after = last?.sequence ?? 0
        var count = 0
        while true {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in try await repository.journal(wanted) }
            for entry in page.items {
                let expected = JournalChain.hash(entry, after: last?.hash ?? "") { Fingerprint.sha256($0) }
                let exported = bounds.exported.flatMap { $0.sequence == entry.sequence ? $0.hash : nil }
                guard entry.sequence == (last?.sequence ?? 0) + 1, entry.hash == expected,
                    exported ?? entry.hash == entry.hash
                else { throw Self.broken(after: last, at: entry) }
                count += 1
                last = JournalCheckpoint(entry)
            }
            guard let end = page.items.last, page.items.count == query.limit else { break }
            query.after = end.sequence
        }
        if let exported = bounds.exported, exported.sequence > last?.sequence ?? 0 {
            throw LifecycleError(
                .refused, "the journal ends before line \(exported.sequence), which was exported",
                hint: "compare with a backup")
        }
        return (count, last)
    }

    private static func broken(after last: JournalCheckpoint?, at entry: JournalEntry) -> LifecycleError {
        LifecycleError(
            .refused,
            "the journal is broken at line \((last?.sequence ?? 0) + 1): that line was changed, or one was lost",
            hint: "compare with a backup; it is line \(entry.sequence) of \(Dates.text(entry.at))")
    }

    private static func json(_ checkpoint: JournalCheckpoint) -> JSONDocument {
        .object([
            "sequence": .number(checkpoint.sequence), "hash": .text(checkpoint.hash),
            "at": .text(Dates.exact(checkpoint.at)),
        ])
    }
}
