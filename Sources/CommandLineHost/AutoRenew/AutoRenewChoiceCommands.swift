// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel

struct AutoRenewEnableCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Have certificates renewed by themselves.",
        usage: "publicca auto-renew enable (--certificate <id> | --account <name> --all)",
        discussion: "Example: publicca auto-renew enable --days 20 --account demo --all")

    @OptionGroup var scope: AutoRenewScope
    @Option(help: ArgumentHelp("Days before expiry; two thirds of the lifetime without it.", valueName: "number"))
    var days: Int?
    @Option(help: ArgumentHelp("At this share of the lifetime, 0.5 to 0.95.", valueName: "share")) var share: Double?
    @Flag(help: "When the CA suggests it, where it does.") var followCA = false
    @Flag(help: "Leave those alone whose private key is not here.") var onlyWithKey = false
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        var problems = ProblemList()
        scope.check(&problems)
        if days != nil, share != nil { problems.add("--days and --share exclude each other", hint: "choose one") }
        try problems.check()
        let choice = AutoRenewal(
            isEnabled: true, days: days, share: share, followsCA: followCA, onlyWithKey: onlyWithKey)
        return try await scope.set(choice, session)
    }
}

struct AutoRenewDisableCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "No longer renew by itself.",
        usage: "publicca auto-renew disable (--certificate <id> | --account <name> --all)",
        discussion: "Example: publicca auto-renew disable --certificate www.example.org")

    @OptionGroup var scope: AutoRenewScope
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        var problems = ProblemList()
        scope.check(&problems)
        try problems.check()
        return try await scope.set(AutoRenewal(), session)
    }
}

/// Single certificates, or all of an account.
struct AutoRenewScope: ParsableArguments {
    @Option(help: ArgumentHelp("An id, its beginning, or a common name.", valueName: "id")) var certificate: [String] =
        []
    @Option(help: ArgumentHelp(valueName: "name")) var account: String?
    @Flag(help: "All certificates of the account, later ones too.") var all = false

    func check(_ problems: inout ProblemList) {
        if certificate.isEmpty, account == nil {
            problems.add("nothing is chosen", hint: "add --certificate ID, or --account NAME --all")
        }
        if !certificate.isEmpty, account != nil {
            problems.add("--certificate and --account exclude each other", hint: "choose one")
        }
        if account != nil, !all { problems.add("an account has many certificates", hint: "add --all if all are meant") }
        if account == nil, all { problems.add("--all needs an account", hint: "add --account NAME") }
    }

    func set(_ choice: AutoRenewal, _ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        if let account { return try await set(choice, ofAll: account, composition, session) }
        var items: [JSONDocument] = []
        var lines: [String] = []
        // All are found before the first is changed: a name that is wrong changes nothing.
        let finder = Finder(composition.repository)
        var found: [IssuedCertificate] = []
        var problems = ProblemList()
        for text in certificate {
            let one = await problems.collect { () async throws(LifecycleError) in try await finder.certificate(text) }
            if let one { found.append(one) }
        }
        try problems.check()
        for certificate in found {
            let (plan, note) = try await composition.engine.setAutoRenewal(choice, of: certificate.id)
            let view = try await CertificateView.load(certificate, composition.repository, at: finder.now)
            items.append(view.json)
            let what = "\(certificate.id) \(certificate.facts.commonName)"
            lines.append(
                plan.map { "\(what) is renewed at \(Dates.text($0.dueAt)): \($0.note)" } ?? "\(what): \(note)")
        }
        try session.output.result(.object(["items": .list(items), "next": .null]), text: lines.joined(separator: "\n"))
        return .done
    }

    private func set(
        _ choice: AutoRenewal, ofAll name: String, _ composition: Composition, _ session: Session
    ) async throws -> ExitStatus {
        _ = try await composition.account(name)
        try await composition.engine.setAutoRenewal(choice, ofAccount: name)
        let watch = Watch(composition: composition, output: session.output)
        let engine = composition.engine
        let end = try await watch.watch(limit: 300, { "planning the renewals of account \(name)" }) {
            () async throws(RepositoryError) in try await engine.replanned(account: name, within: .seconds(300))
        }
        try session.output.result(
            .object(["account": .text(name), "enabled": .truth(choice.isEnabled), "planned": .truth(end == .rests)]),
            text: "auto-renewal of account \(name): \(choice.title)"
                + (end == .rests ? "" : "; the plans are still being made, publicca run goes on with it"))
        return end == .rests ? .done : .pending
    }
}
