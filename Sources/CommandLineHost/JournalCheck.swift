// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel

/// Recomputes what binds each line of the journal to all before it.
struct JournalCheck {
    let composition: Composition

    /// - Parameters:
    ///   - earlier: a file with a line that was written down before.
    ///   - path: where the last line is written down, for somebody to keep elsewhere.
    func run(
        _ session: Session, against earlier: String?, writing path: String?
    ) async throws(LifecycleError) -> ExitStatus {
        var known: JournalCheckpoint?
        if let earlier { known = try Self.checkpoint(in: session.absolute(earlier)) }
        let report = try await composition.engine.verifyJournal(against: known)
        if let path, let last = report.last {
            let file = session.absolute(path)
            do throws(SystemFailure) {
                try SystemFile.replace(file, with: Data((Self.json(last).encoded(isIndented: true) + "\n").utf8))
            } catch {
                throw LifecycleError(.storage, error.description)
            }
            try await composition.engine.recordCheckpoint(last)
        }
        let end = report.last.map { "; the last one's hash is \($0.hash)" } ?? ""
        let start = report.pruned == 0 ? "" : " after line \(report.pruned)"
        try session.output.result(
            .object([
                "verified": .truth(true), "lines": .number(report.count), "pruned": .number(report.pruned),
                "hash": .text(report.last?.hash ?? ""),
            ]),
            text: "\(report.count) lines\(start), none changed and none lost\(end)")
        return .done
    }

    private static func json(_ checkpoint: JournalCheckpoint) -> JSONDocument {
        .object([
            "sequence": .number(checkpoint.sequence), "hash": .text(checkpoint.hash),
            "at": .text(Dates.exact(checkpoint.at)),
        ])
    }

    /// What ``json(_:)`` wrote.
    private static func checkpoint(in file: String) throws(LifecycleError) -> JournalCheckpoint {
        let contents: Data
        do throws(SystemFailure) {
            contents = try SystemFile.read(file)
        } catch {
            throw LifecycleError(error.isMissing ? .notFound : .badInput, error.description)
        }
        guard let checkpoint = JournalCheckpoint(written: contents) else {
            throw LifecycleError(
                .badInput, "\(file) holds no checkpoint", hint: "give a file that journal --checkpoint wrote")
        }
        return checkpoint
    }
}
