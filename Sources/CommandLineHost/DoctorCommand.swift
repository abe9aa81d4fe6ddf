// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct DoctorCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look whether everything works, and what to do.",
        discussion: "Example: publicca doctor")

    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        var findings: [Finding] = []
        var status = ExitStatus.done
        do throws(LifecycleError) {
            let home = try session.home()
            findings.append(permissions(of: home.path, allowed: 0o700, as: "home", missing: "not made yet"))
            findings.append(
                permissions(of: home.masterKeyFile, allowed: 0o600, as: "master key", missing: "not in a file"))
            let settings = DoctorSettings(home: home, session: session)
            let problems = settings.problems()
            findings += problems.isEmpty ? [Finding("configuration", .fine, "read")] : problems
            status = problems.isEmpty ? .done : .configuration
            // Most commands use less of the configuration than the service does.
            guard problems.isEmpty || isUsable(home) else { return try show(findings, status, session) }
            if let pages = await DoctorDatabase(home: home, environment: session.environment).look(session.output) {
                findings.append(pages)
                if pages.result == .failed { status = status.worse(.storage) }
            }
            let composition = try await session.open()
            let settled = settings.look(at: composition.configuration, now: Date())
            findings += settled
            if settled.contains(where: { $0.result == .failed }) { status = .configuration }
            findings.append(Finding("database", .fine, "\(home.database), and the key is its own"))
            let records = try await DoctorRecords(repository: composition.repository).look()
            findings.append(records)
            if records.result == .failed { status = status.worse(.storage) }
            findings.append(try await clock(composition.repository))
            if let late = try await DoctorWork(repository: composition.repository).look(now: Date()) {
                findings.append(late)
            }
            for account in try await accounts(composition) {
                let (finding, code) = await look(at: account, composition)
                findings.append(finding)
                status = status.worse(code)
            }
        } catch {
            findings.append(Finding("\(error.code)", .failed, error.message, hint: error.hint))
            status = ExitStatus(error.code)
        }
        return try show(findings, status, session)
    }

    private func isUsable(_ home: Home) -> Bool {
        do throws(LifecycleError) {
            _ = try HostConfiguration.read(from: home)
            return true
        } catch {
            return false
        }
    }

    private func show(
        _ findings: [Finding], _ status: ExitStatus, _ session: Session
    ) throws(LifecycleError) -> ExitStatus {
        var table = Table("CHECK", "RESULT", "DETAIL", "WHAT TO DO")
        for finding in findings {
            table.add(finding.check, finding.result.rawValue, finding.detail, finding.hint)
        }
        try session.output.list(findings.map(\.json), table, empty: "nothing was checked")
        return status
    }

    private func permissions(of path: String, allowed: Int, as check: String, missing: String) -> Finding {
        guard let mode = SystemFile.mode(path) else { return Finding(check, .fine, missing) }
        guard mode & ~allowed == 0 else {
            return Finding(
                check, .warning, "\(path) is open to others (mode \(String(mode, radix: 8)))",
                hint: "chmod \(String(allowed, radix: 8)) \(path)")
        }
        return Finding(check, .fine, path)
    }

    /// A clock that is behind what has happened already makes certificates look younger than they are.
    private func clock(_ repository: any LifecycleRepository) async throws(LifecycleError) -> Finding {
        let now = Date()
        let newest = try await reading { () async throws(RepositoryError) in
            try await repository.accounts().map(\.createdAt).max()
        }
        if let newest, newest > now.addingTimeInterval(60) {
            return Finding(
                "clock", .warning, "it is \(Dates.text(now)) here, but something was done at \(Dates.text(newest))",
                hint: "set the clock, for example with NTP")
        }
        return Finding("clock", .fine, Dates.text(now))
    }

    private func accounts(_ composition: Composition) async throws(LifecycleError) -> [AccountRecord] {
        try await reading { () async throws(RepositoryError) in try await composition.repository.accounts() }
    }

    /// Asks the CA without changing what is on record. Of a paused account it asks nothing: one more refused login may
    /// lock it.
    private func look(at account: AccountRecord, _ composition: Composition) async -> (Finding, ExitStatus) {
        let check = "account \(account.name)"
        if let problem = account.pauseProblem {
            let finding = Finding(
                check, account.isPausedByPerson ? .warning : .failed, "\(problem.message); the CA was not asked",
                hint: problem.hint)
            return (finding, account.isPausedByPerson ? .done : ExitStatus(problem.code))
        }
        do {
            let report = try await composition.accounts.open(account).check()
            guard report.warnings.isEmpty else {
                return (Finding(check, .warning, report.warnings.joined(separator: "; ")), .done)
            }
            return (Finding(check, .fine, "the CA answers"), .done)
        } catch let error as LifecycleError {
            return (Finding(check, .failed, error.message, hint: error.hint), ExitStatus(error.code))
        } catch let error as ProviderError {
            let mapped = LifecycleError(error)
            let hint =
                mapped.code == .accountRefused
                ? "publicca account set \(account.name) --secret KEY=SOURCE" : "try again later"
            return (Finding(check, .failed, mapped.message, hint: hint), ExitStatus(mapped.code))
        } catch {
            return (Finding(check, .failed, "\(error)"), .refused)
        }
    }
}

/// One thing that was looked at.
struct Finding {
    enum Result: String {
        case fine = "ok", warning, failed
    }

    let check: String
    let result: Result
    let detail: String
    let hint: String?

    init(_ check: String, _ result: Result, _ detail: String, hint: String? = nil) {
        self.check = check
        self.result = result
        self.detail = detail
        self.hint = hint
    }

    var json: JSONDocument {
        .object([
            "check": .text(check), "result": .text(result.rawValue), "detail": .text(detail), "hint": .optional(hint),
        ])
    }
}
