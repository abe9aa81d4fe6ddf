// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

extension CertificateCommand {
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Drops our record; the CA's stays.",
            discussion: "Example: publicca certificate delete crt_01 --yes")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var confirmation: Confirmation
        @Argument var id: String

        func run() async throws {
            let host = try global.open()
            let certificate = try await host.findCertificate(id)
            try confirmation.ask("delete our record of \(certificate.id)?")
            try await host.engine.delete(certificate.id)
            print("\(certificate.id) deleted here, and not revoked; the CA's record stays")
        }
    }

    struct AttachKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes in a key that was held elsewhere, sealed.",
            discussion: "Example: publicca certificate attach-key www.example.org --key-file www.key")
        @OptionGroup var global: GlobalOptions
        @Argument var id: String
        @Option var keyFile: String

        func run() async throws {
            let host = try global.open()
            let certificate = try await host.findCertificate(id)
            guard let bytes = FileManager.default.contents(atPath: keyFile) else {
                throw LifecycleError(.notFound, "the file \(keyFile) cannot be read")
            }
            try await host.engine.attachKey(bytes, to: certificate.id)
            print("the key of \(certificate.id) is here now, sealed")
        }
    }
}
