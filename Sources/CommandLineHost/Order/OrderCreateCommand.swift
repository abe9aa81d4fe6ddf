// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct OrderCreateCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Order a certificate; its key is made and sealed here.",
        usage: "publicca order create --account <a> --profile <p> --name <name> [options]",
        discussion: "publicca order create --account demo --profile \"Mock DV\" --name www.example.org")

    @Option(help: ArgumentHelp(valueName: "name")) var account: String?
    @Option(parsing: .unconditional, help: ArgumentHelp("Name or id.", valueName: "profile")) var profile: String?
    @Option(help: ArgumentHelp("The common name.", valueName: "name")) var name: String?
    @Option(help: ArgumentHelp("Another name.", valueName: "name")) var san: [String] = []
    @Option(parsing: .unconditional, help: ArgumentHelp(valueName: "name")) var organization: String?
    @Option(help: ArgumentHelp(valueName: "days")) var term: Int?
    @Option(help: ArgumentHelp("Such as rsa-2048, ec-p256.", valueName: "key")) var key: String?
    @Option(help: ArgumentHelp("A CSR of your own instead.", valueName: "file")) var csr: String?
    @OptionGroup var keystore: KeystoreOptions
    @Option(parsing: .unconditional, help: ArgumentHelp(valueName: "text")) var comments = ""
    @Option(name: .long, help: ArgumentHelp(valueName: "email")) var requesterEmail: [String] = []
    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp(valueName: "name=value")) var field: [String] = []
    @OptionGroup var orderKey: OrderKeyOption
    @Flag(help: "Check only.") var dryRun = false
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        var problems = ProblemList()
        if key != nil, csr != nil { problems.add("with --csr the key is yours", hint: "leave out --key") }
        orderKey.check(&problems)
        var fields = Self.fields(field, &problems)
        let request = csr.flatMap { path in
            problems.collect { () throws(LifecycleError) in try session.file(path) }
        }
        // The name may be in the CSR: without it there is nothing to ask.
        if csr != nil, request == nil { return try refuse(problems) }
        let composition = try await session.open()
        let answers = await problems.collect { () async throws(LifecycleError) in
            try await OrderQuestions(session: session, composition: composition)
                .complete(account: account, profile: profile, name: name, request: request, fields: &fields)
        }
        let (keystoreWish, isGenerated) = keystore.wish(session, &problems)
        guard let answers else { return try refuse(problems) }

        var wish = OrderWish(account: answers.account, profile: answers.profile, commonName: answers.name)
        wish.names = GivenNames.distinct(san, commonName: answers.name, &problems)
        wish.organization = organization
        wish.term = term
        wish.keyAlgorithm = key.map { KeyAlgorithm($0.lowercased()) }
        wish.signingRequest = request
        wish.comments = comments
        wish.requesterEmails = requesterEmail
        wish.fields = fields
        wish.callerKey = orderKey.orderKey
        wish.keystore = keystoreWish
        if !problems.isEmpty {
            // What else is wrong is said along with it.
            _ = await problems.collect { () async throws(LifecycleError) in try await composition.engine.draft(wish) }
            return try refuse(problems)
        }
        let earlier = try await EarlierOrder.find(wish, composition)
        if dryRun {
            if let earlier { return try await earlier.show(session, composition) }
            let draft = try await composition.engine.draft(wish)
            for warning in draft.warnings { session.output.warning(warning) }
            try OrderDraftView(draft: draft, account: wish.account).show(session.output)
            return .done
        }
        for warning in await warnings(of: wish, composition) { session.output.warning(warning) }
        await earlier?.note(session, composition)
        let began = Date()
        let order = try await composition.engine.order(wish)
        let shown = isGenerated && order.createdAt.timeIntervalSince(began) > -0.01 ? keystoreWish?.password : nil
        return try await OrderOutcome(session: session, composition: composition)
            .follow(order.id, wait: waiting.wait, generated: shown)
    }

    /// None where the wish is wrong: the order says what is, unless it was made before under its key.
    private func warnings(of wish: OrderWish, _ composition: Composition) async -> [String] {
        do throws(LifecycleError) { return try await composition.engine.draft(wish).warnings } catch { return [] }
    }

    private func refuse(_ problems: ProblemList) throws(LifecycleError) -> ExitStatus {
        try problems.check()
        return .usage
    }

    static func fields(_ texts: [String], _ problems: inout ProblemList) -> [String: String] {
        var fields: [String: String] = [:]
        for text in texts {
            let pair = problems.collect { () throws(LifecycleError) in
                try AccountSettings.pair(text, "--field NAME=VALUE")
            }
            guard let (name, value) = pair else { continue }
            if fields.updateValue(value, forKey: name) != nil {
                problems.add("field \(name) is given twice", hint: "give it once")
            }
        }
        return fields
    }
}

extension Session {
    /// A file that somebody named. Throws `notFound` when it cannot be read.
    func file(_ path: String) throws(LifecycleError) -> Data {
        do throws(SystemFailure) {
            return try SystemFile.read(absolute(path))
        } catch {
            throw LifecycleError(.notFound, error.description)
        }
    }
}
