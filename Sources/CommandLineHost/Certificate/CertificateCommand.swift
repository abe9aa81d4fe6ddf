// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct CertificateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate", abstract: "Issued certificates.",
        discussion: "Example: publicca certificate list --expires-within 30",
        subcommands: [
            CertificateListCommand.self, CertificateShowCommand.self, CertificateRenewCommand.self,
            CertificateReissueCommand.self, CertificateRevokeCommand.self, CertificateDeleteCommand.self,
            CertificateExportCommand.self, CertificateAttachKeyCommand.self,
        ])

    @OptionGroup(visibility: .hidden) var global: GlobalOptions
}

struct CertificateListCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Certificates, oldest first.",
        usage: "publicca certificate list [options]",
        discussion: "Example: publicca certificate list --expires-within 30")

    @Option(help: ArgumentHelp(valueName: "name")) var account: String?
    @Option(help: ArgumentHelp("valid, expired, revoked or replaced.", valueName: "state")) var state: String?
    @Option(name: .long, help: ArgumentHelp("Valid ones that end so soon.", valueName: "days"))
    var expiresWithin: Int?
    @OptionGroup var page: PageOptions
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let now = Date()
        let query = try query(at: now)
        let composition = try await session.open()
        if let account { _ = try await composition.account(account) }
        let found = try await reading { () async throws(RepositoryError) in
            try await composition.repository.certificates(query)
        }
        let views = try await CertificateView.load(found.items, composition.repository, at: now)
        try session.output.list(
            views.map(\.json), next: found.next?.rawValue, CertificateView.table(views),
            empty: page.isNarrow || account != nil || state != nil || expiresWithin != nil
                ? "leave out conditions to see more"
                : "order one with: publicca order create, or see: publicca order list")
        return session.tell(ofUnreadable: found.unreadable, "certificate")
    }

    private func query(at now: Date) throws(LifecycleError) -> CertificateQuery {
        var query = CertificateQuery()
        query.account = account
        query.name = page.pattern
        query.limit = page.limit
        query.after = try page.cursor("crt_")
        var ends = Date.distantPast..<Date.distantFuture
        if let state {
            // Validity ends by itself, so that what is expired is kept as valid.
            switch try CertificateStatus(state: state) {
            case .valid: (query.statuses, ends) = ([.valid], now..<ends.upperBound)
            case .expired: (query.statuses, ends) = ([.valid], ends.lowerBound..<now)
            case .revoked: query.statuses = [.revoked]
            case .replaced: query.statuses = [.replaced]
            }
        }
        if let expiresWithin {
            guard expiresWithin >= 0 else {
                throw LifecycleError(.badInput, "--expires-within cannot be \(expiresWithin)")
            }
            let end = now.addingTimeInterval(Double(expiresWithin) * 86400)
            if state == nil { query.statuses = [.valid] }
            let start = max(ends.lowerBound, now)
            ends = start..<max(start, min(ends.upperBound, end))
        }
        if ends != Date.distantPast..<Date.distantFuture { query.notAfter = ends }
        return query
    }
}

struct CertificateShowCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One certificate.",
        discussion: "Example: publicca certificate show www.example.org")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let repository = try await session.open().repository
        let certificate = try await Finder(repository).certificate(id)
        let view = try await CertificateView.load(certificate, repository, at: Date())
        let deployments = try await DeploymentView.all(of: certificate, repository)
        try session.output.fields(
            view.json.adding("deployments", .list(deployments.map(\.json))),
            view.fields + deployments.map { ("deployed to", $0.line) })
        return .done
    }
}

extension CertificateStatus {
    /// Throws `badInput` for a word that is no state.
    init(state text: String) throws(LifecycleError) {
        guard let status = Self(rawValue: text.lowercased()) else {
            throw LifecycleError(
                .badInput, "there is no state \"\(text)\"",
                hint: "choose one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = status
    }
}
