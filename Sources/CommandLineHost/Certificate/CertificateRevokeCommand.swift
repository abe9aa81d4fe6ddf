// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct CertificateRevokeCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a certificate at the CA. That cannot be undone.",
        usage: "publicca certificate revoke <id> --reason <reason> --comments <text>",
        discussion: """
            publicca certificate revoke www.example.org --reason superseded --comments "moved"
            Reasons (RFC 5280): \(RevocationReason.requestable.map(\.name).joined(separator: ", "))
            """)

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @Option(help: ArgumentHelp("One of those above.", valueName: "reason")) var reason: String?
    @Option(parsing: .unconditional, help: ArgumentHelp("For the people at the CA.", valueName: "text"))
    var comments: String?
    @OptionGroup var answer: YesOption
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let (chosen, words) = try given()
        let composition = try await session.open()
        let certificate = try await Finder(composition.repository).certificate(id)
        try session.confirm("Revoke \(certificate.id) for \(certificate.facts.commonName) for good?", answer)
        let revocation = try await composition.engine.revoke(certificate.id, reason: chosen, comments: words)
        let watch = Watch(composition: composition, output: session.output)
        _ = try await watch.settle(.revocation(revocation.id), within: waiting.wait ?? 300) {
            "revoking \(certificate.facts.commonName)"
        }
        return try await report(revocation, session, composition)
    }

    private func given() throws(LifecycleError) -> (RevocationReason, String) {
        var problems = ProblemList()
        let chosen = problems.collect { () throws(LifecycleError) in try Self.reason(reason) }
        let words = comments ?? ""
        if words.isEmpty || words.count > 512 {
            problems.add(
                comments == nil ? "--comments is missing" : "comments have 1 to 512 characters, not \(words.count)",
                hint: "say to the people at the CA why, with --comments TEXT")
        }
        try problems.check()
        guard let chosen else { throw LifecycleError(.badInput, "--reason is missing") }
        return (chosen, words)
    }

    private static func reason(_ text: String?) throws(LifecycleError) -> RevocationReason {
        let names = RevocationReason.requestable.map(\.name)
        let choices = "choose one of \(names.joined(separator: ", "))"
        guard let text else { throw LifecycleError(.badInput, "--reason is missing", hint: choices) }
        if let reason = RevocationReason(named: text) { return reason }
        let near = NearestNames.to(text, among: names)
        throw LifecycleError(
            .badInput, "there is no reason \"\(text)\"",
            hint: near.isEmpty ? choices : "did you mean \(near.joined(separator: " or "))?")
    }

    private func report(
        _ revocation: RevocationRecord, _ session: Session, _ composition: Composition
    ) async throws(LifecycleError) -> ExitStatus {
        let (after, certificate) = try await reading {
            () async throws(RepositoryError) -> (RevocationRecord?, IssuedCertificate?) in
            (
                try await composition.repository.revocation(revocation.id),
                try await composition.repository.certificate(revocation.certificate)
            )
        }
        guard let after, let certificate else { throw LifecycleError(.refused, "\(revocation.id) is gone") }
        let view = try await CertificateView.load(certificate, composition.repository, at: Date())
        let name = certificate.facts.commonName
        try session.output.result(
            view.json,
            text: after.phase == .revoked
                ? "\(certificate.id) for \(name) is revoked" : "\(after.id) for \(name) is \(after.phase.rawValue)")
        switch after.phase {
        case .revoked: return .done
        case .rejected, .stuck:
            session.output.error(
                LifecycleError(
                    .refused, "\(certificate.id) is not revoked\(after.problem.map { ": \($0)" } ?? "")",
                    hint: after.phase == .stuck ? "try again with the same command" : nil))
            return .refused
        case .requested, .sending, .accepted:
            return try await OrderOutcome(session: session, composition: composition)
                .statusWhileHeldBack(after.account) ?? .pending
        }
    }
}

struct CertificateDeleteCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Drop our record of it and its order, not the CA's.",
        discussion: "Example: publicca certificate delete crt_01kz… --yes (revokes nothing)")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @OptionGroup var answer: YesOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let certificate = try await Finder(composition.repository).certificate(id)
        let view = try await CertificateView.load(certificate, composition.repository, at: Date())
        try session.confirm("Delete \(certificate.id) for \(certificate.facts.commonName) here?", answer)
        try await composition.engine.delete(certificate.id)
        try session.output.result(
            view.json,
            text: "\(certificate.id) deleted here; the CA's record stays as \(certificate.reference), "
                + (certificate.status == .revoked ? "revoked as it is" : "and it is not revoked by this"))
        return .done
    }
}

struct CertificateAttachKeyCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach-key", abstract: "Take in a private key that was held elsewhere.",
        discussion: "Example: publicca certificate attach-key www.example.org --key-file server.key")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @Option(name: .long, help: ArgumentHelp("PKCS#8, PKCS#1 or SEC 1, not encrypted.", valueName: "file"))
    var keyFile: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let bytes = try session.file(keyFile)
        let composition = try await session.open()
        let certificate = try await Finder(composition.repository).certificate(id)
        try await composition.engine.attachKey(bytes, to: certificate.id)
        let view = try await CertificateView.load(certificate, composition.repository, at: Date())
        try session.output.result(view.json, text: "the key of \(certificate.id) is here, sealed; delete \(keyFile)")
        return .done
    }
}
