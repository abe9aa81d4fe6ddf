// SPDX-License-Identifier: Apache-2.0

import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// One call of the command: what it was told for every command, and the way to everything else, opened when needed.
struct Session: Sendable {
    let providers: [ProviderPlugin]
    let output: Output
    let environment: [String: String]
    let workingFolder: String
    private let givenHome: String?
    private let isVerbose: Bool

    init(
        providers: [ProviderPlugin], global: GlobalOptions, environment: [String: String], workingFolder: String
    ) {
        self.providers = providers
        self.environment = environment
        self.workingFolder = workingFolder
        self.givenHome = global.home
        self.isVerbose = global.verbose
        let columns = Terminal.width ?? environment["COLUMNS"].flatMap { Int($0) }
        self.output = Output(
            isJSON: global.json, isQuiet: global.quiet, width: Terminal.isOutput ? columns ?? 80 : nil)
    }

    func home() throws(LifecycleError) -> Home {
        try Home.resolve(givenHome, environment: environment, workingFolder: workingFolder)
    }

    /// - Parameter isUnattended: nobody watches what is done, so that the log is for programs unless somebody does.
    func open(
        actor: JournalEntry.Actor = .cli, isUnattended: Bool = false
    ) async throws(LifecycleError) -> Composition {
        try await Composition.open(
            home(), providers: providers, actor: actor, isVerbose: isVerbose, logsJSON: output.isJSON,
            isUnattended: isUnattended, environment: environment, workingFolder: workingFolder)
    }

    /// Where a path leads that somebody typed here.
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(workingFolder)/\(path)" }

    var secrets: SecretReader { SecretReader(environment: environment, workingFolder: workingFolder) }

    /// Asks before something is destroyed or changed at a CA. Throws `badInput` where nobody can be asked, and
    /// `refused` when the answer is no.
    func confirm(_ question: String, _ isAnswered: YesOption) throws(LifecycleError) {
        if isAnswered.yes { return }
        guard Terminal.isInput, Terminal.isError else {
            throw LifecycleError(
                .badInput, "nobody is here to be asked: \(question)", hint: "add --yes when that is wanted")
        }
        let answer = Terminal.ask("\(question) [y/N] ") ?? ""
        guard ["y", "yes"].contains(answer.lowercased()) else {
            throw LifecycleError(.refused, "nothing was done")
        }
    }
}

/// Runs a read of the repository in a command's words.
func reading<Value>(_ body: () async throws(RepositoryError) -> Value) async throws(LifecycleError) -> Value {
    do throws(RepositoryError) {
        return try await body()
    } catch {
        throw LifecycleError(error)
    }
}
