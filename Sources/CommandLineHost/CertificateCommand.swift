// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CertificateMaterial
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct CertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate", abstract: "Issued certificates.",
        discussion: "Example: publicca certificate list",
        subcommands: [
            List.self, Show.self, Renew.self, Reissue.self, Revoke.self, Delete.self, Export.self, AttachKey.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists certificates, oldest first.")
        @OptionGroup var global: GlobalOptions
        @Option var account: String?
        @Option(help: "A name, with * for any characters.") var name: String?
        @Option var limit = 100
        @Option var after: String?

        func run() async throws {
            var query = CertificateQuery()
            query.account = account
            query.name = name.map { NamePattern($0) }
            query.limit = limit
            query.after = after.map { PageCursor($0) }
            let host = try global.open()
            let page = try await host.stored { [query] () async throws(RepositoryError) in
                try await host.repository.certificates(query)
            }
            var items: [CertificateBody] = []
            for certificate in page.items { items.append(try await host.body(of: certificate)) }
            if global.isJSON { return try Output.json(ListBody(items: items, next: page.next?.rawValue)) }
            Output.table(
                ["ID", "NAME", "STATE", "DAYS LEFT", "KEY"],
                items.map {
                    [$0.id, $0.commonName, $0.state, "\($0.daysLeft)", $0.hasPrivateKey ? "here" : "elsewhere"]
                },
                empty: "publicca order create --help")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a certificate.")
        @OptionGroup var global: GlobalOptions
        @Argument var id: String

        func run() async throws {
            let host = try global.open()
            try Output.json(try await host.body(of: try await host.findCertificate(id)))
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Orders a successor; may be charged.",
            discussion: "Example: publicca certificate renew www.example.org --wait")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var waiting: Waiting
        @Argument var id: String
        @Flag var sameKey = false
        @Option var orderKey: String?

        func run() async throws {
            let host = try global.open()
            var wish = SuccessorWish()
            wish.keepsKey = sameKey
            wish.callerKey = orderKey
            let certificate = try await host.findCertificate(id)
            try await host.follow(try await host.engine.renew(certificate.id, wish), for: waiting.wait, global)
        }
    }

    struct Reissue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks for another certificate under the same order.",
            discussion:
                "Example: publicca certificate reissue www.example.org --san example.org --reason \"second name\"")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var waiting: Waiting
        @Argument var id: String
        @Option(parsing: .unconditional) var reason: String
        @Option(help: "The new common name.") var name: String?
        @Option(parsing: .unconditionalSingleValue, help: "The whole new set of names; repeat.") var san: [String] = []
        @Option var key: String?
        @Option var orderKey: String?

        func run() async throws {
            let host = try global.open()
            var wish = SuccessorWish()
            wish.reason = reason
            wish.commonName = name
            wish.names = san.isEmpty ? nil : san
            wish.keyAlgorithm = key.map { KeyAlgorithm($0) }
            wish.callerKey = orderKey
            let certificate = try await host.findCertificate(id)
            try await host.follow(try await host.engine.reissue(certificate.id, wish), for: waiting.wait, global)
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends a certificate at the CA.",
            discussion:
                "Example: publicca certificate revoke www.example.org --reason superseded --comments moved --yes")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var confirmation: Confirmation
        @Argument var id: String
        @Option(help: "In RFC 5280's words.") var reason: String
        @Option(parsing: .unconditional) var comments: String

        func run() async throws {
            guard let reason = RevocationReason(named: reason) else {
                let names = RevocationReason.requestable.map(\.name).joined(separator: ", ")
                throw LifecycleError(.badInput, "there is no reason \"\(reason)\"", hint: "choose one of \(names)")
            }
            let host = try global.open()
            let certificate = try await host.findCertificate(id)
            try confirmation.ask("revoke \(certificate.id) for \(certificate.facts.commonName)?")
            let revocation = try await host.engine.revoke(certificate.id, reason: reason, comments: comments)
            let rests = try await host.stored { () async throws(RepositoryError) in
                try await host.engine.settle(.revocation(revocation.id), within: .seconds(300))
            }
            let after = try await host.body(of: try await host.findCertificate(certificate.id.rawValue))
            if global.isJSON {
                try Output.json(after)
            } else {
                print("\(after.id) \(after.commonName): \(after.state)")
            }
            if !rests { throw Ended.unfinished }
            if after.state != "revoked" { throw Ended.badly }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a certificate, with its key when asked to.",
            discussion: "Example: publicca certificate export www.example.org --with-key --out www.pem")
        @OptionGroup var global: GlobalOptions
        @Argument var id: String
        @Option(help: "pem, der, pkcs7, pkcs12 or jks") var format = "pem"
        @Option(help: "SOURCE of the password: env:NAME or file:PATH") var password: String?
        @Flag var withKey = false
        @Option var out: String

        func run() async throws {
            let host = try global.open()
            let certificate = try await host.findCertificate(id)
            let data = try await write(certificate, host)
            do {
                try data.write(to: URL(filePath: out), options: .atomic)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: out)
            } catch {
                throw LifecycleError(.storage, "\(out) cannot be written")
            }
            if !global.isJSON { print("\(certificate.id) written to \(out)") }
        }

        private func write(_ certificate: IssuedCertificate, _ host: Composition) async throws -> Data {
            do {
                if let keystore = KeystoreFormat(rawValue: format), withKey || keystore != .pem {
                    return try Keystore.write(
                        keystore, key: try await host.engine.privateKey(of: certificate), chain: certificate.chain,
                        password: try secret(), alias: certificate.facts.commonName)
                }
                guard let chain = ChainFormat(rawValue: format) else {
                    throw LifecycleError(.badInput, "there is no format \"\(format)\"")
                }
                return try chain.write(certificate.chain)
            } catch let error as MaterialError {
                throw LifecycleError(.badInput, error.description)
            }
        }

        private func secret() throws -> Secret? {
            guard let password else { return nil }
            if password.hasPrefix("file:") { return try SecretFile.read(String(password.dropFirst(5))) }
            guard password.hasPrefix("env:"),
                let text = ProcessInfo.processInfo.environment[String(password.dropFirst(4))]
            else { throw LifecycleError(.badInput, "a password comes from env:NAME or file:PATH") }
            return Secret(text)
        }
    }
}
