// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct CertificateExportCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a certificate, with its key where asked.",
        usage: "publicca certificate export <id> [options]",
        discussion: """
            Example: publicca certificate export www.example.org --out www.p12
            Format and password default to what was given with the order; pem without a key otherwise.
            """)

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @Option(help: ArgumentHelp("pem, der, pkcs7, pkcs12 or jks.", valueName: "format")) var format: String?
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("-, env:NAME, file:PATH, prompt or generate.", valueName: "source"))
    var password: String?
    @Flag(name: .long, help: "The private key too.") var withKey = false
    @Option(help: ArgumentHelp("A file for its owner alone, or a pipe; else standard output.", valueName: "path"))
    var out: String?
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        guard out != nil || !session.output.isJSON else {
            throw LifecycleError(.badInput, "the certificate itself is no JSON", hint: "add --out PATH")
        }
        let composition = try await session.open()
        let certificate = try await Finder(composition.repository).certificate(id)
        let managed = try await reading { () async throws(RepositoryError) in
            try await composition.repository.managed(certificate.managed)
        }
        let export = try CertificateExport(
            certificate: certificate, managed: managed, format: format, withKey: withKey,
            isPasswordGiven: password != nil)
        guard out != nil || !export.format.isBinary || session.output.width == nil else {
            throw LifecycleError(
                .badInput, "\(export.format.rawValue) is no text for a terminal", hint: "add --out PATH")
        }
        let input = try password.map { try SecretInput($0, canGenerate: true) }
        let given = try input.map { try session.secrets.read($0, as: "password") }
        if let given, let keystore = KeystoreFormat(rawValue: export.format.rawValue) {
            try KeystoreOptions.check(given, for: keystore)
        }
        let contents = try await export.contents(composition.engine, password: given)
        try write(contents, export, certificate, generated: input == .generate ? given : nil, session)
        return .done
    }

    private func write(
        _ contents: Data, _ export: CertificateExport, _ certificate: IssuedCertificate, generated: Secret?,
        _ session: Session
    ) throws(LifecycleError) {
        guard let out else {
            try session.output.write(contents)
            generated?.reveal { session.output.say("password, shown this once: \($0)\n") }
            return
        }
        let path = session.absolute(out)
        do throws(SystemFailure) {
            try SystemFile.put(contents, at: path)
        } catch {
            throw LifecycleError(.badInput, error.description, hint: "choose another --out PATH")
        }
        var json = JSONDocument.object([
            "certificate": .text(certificate.id.rawValue), "format": .text(export.format.rawValue),
            "path": .text(path), "withPrivateKey": .truth(export.holdsKey), "bytes": .number(contents.count),
        ])
        let what = export.holdsKey ? "certificate, chain and key" : "certificate"
        var text = "\(out) holds the \(what) of \(certificate.facts.commonName) as \(export.format.rawValue)"
        if let generated {
            json = generated.reveal { json.adding("password", .text($0)) }
            text += generated.reveal { "\npassword, shown this once: \($0)" }
        }
        try session.output.result(json, text: text)
    }
}
