// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import Synchronization

struct ForecastCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "The orders of the coming weeks.",
        usage: "publicca forecast [options]",
        discussion: """
            Example: publicca forecast --weeks 52 --svg forecast.svg
            How it is worked out is told in docs/Renewal.md.
            """)

    @Option(help: ArgumentHelp("How many, from this one on.", valueName: "number")) var weeks = 26
    @Option(help: ArgumentHelp("Of this one alone.", valueName: "name")) var account: String?
    @Option(help: ArgumentHelp("Draws it into a file, too.", valueName: "path")) var svg: String?
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func validate() throws {
        guard (1...260).contains(weeks) else { throw ValidationError("--weeks must be from 1 to 260") }
        if svg == "" { throw ValidationError("--svg is empty") }
    }

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let report = try await read(composition, session.output)
        let view = ForecastView(report: report, account: account)
        if let svg {
            let path = session.absolute(svg)
            do throws(SystemFailure) {
                try SystemFile.put(Data(ForecastDrawing(view).text.utf8), at: path)
            } catch {
                throw LifecycleError(.badInput, error.description, hint: "choose another --svg PATH")
            }
            session.output.note("drawn into \(svg)")
        }
        let width = session.output.width
        try session.output.result(
            view.json, text: ForecastChart(view, width: width ?? 80, isPlain: width == nil).text)
        for overload in view.overloads { session.output.warning(overload.sentence) }
        return session.tell(ofUnreadable: report.unreadable, "certificate")
    }

    private func read(_ composition: Composition, _ output: Output) async throws(LifecycleError) -> ForecastReport {
        let today = Counts.day(of: Date())
        let total = try await reading { () async throws(RepositoryError) in
            try await composition.repository.counts().expiring.filter { $0.key >= today }.values.reduce(0, +)
        }
        let seen = SeenCount()
        // How many belong to one account is not kept.
        let all = account == nil ? total : nil
        let progress = Task {
            await ProgressLine(output).run { Self.progress(seen.count, of: all, seconds: $0) }
        }
        let result: Result<ForecastReport, LifecycleError>
        do throws(LifecycleError) {
            result = .success(
                try await composition.engine.forecast(weeks: weeks, account: account) { seen.set($0) })
        } catch {
            result = .failure(error)
        }
        progress.cancel()
        await progress.value
        return try result.get()
    }
}

extension ForecastCommand {
    static func progress(_ seen: Int, of total: Int?, seconds: Int) -> String {
        guard let total, total >= seen, seen > 0 else { return "reading certificates: \(seen)" }
        return "reading certificates: \(seen) of \(total), about \((total - seen) * seconds / seen) s to go"
    }
}

/// How far a read is, for whoever tells of it meanwhile.
private final class SeenCount: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }
    func set(_ count: Int) { value.withLock { $0 = count } }
}
