// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// How the certificate shall leave this place.
struct KeystoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("pem, pkcs12 or jks; password from a SOURCE.", valueName: "format"))
    var keystore: String?
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(valueName: "source"))
    var keystorePassword: String?

    /// The wish, with its password read, and whether that was made up here and has to be shown once.
    func wish(_ session: Session) throws(LifecycleError) -> (wish: KeystoreWish?, isGenerated: Bool) {
        guard let keystore else {
            guard keystorePassword == nil else {
                throw LifecycleError(
                    .badInput, "a keystore password without a keystore", hint: "add --keystore pkcs12 or jks")
            }
            return (nil, false)
        }
        let format = try Self.format(keystore)
        guard let keystorePassword else { return (KeystoreWish(format: format, password: nil), false) }
        guard format.needsPassword else {
            throw LifecycleError(
                .badInput, "a pem keystore is not encrypted, so a password cannot protect it",
                hint: "choose --keystore pkcs12")
        }
        let input = try SecretInput(keystorePassword, canGenerate: true)
        let password = try session.secrets.read(input, as: "keystore password")
        // What Java's keytool asks for.
        guard password.reveal({ $0.count >= 6 }) else {
            throw LifecycleError(.badInput, "the keystore password needs at least 6 characters")
        }
        return (KeystoreWish(format: format, password: password), input == .generate)
    }

    static func format(_ text: String) throws(LifecycleError) -> KeystoreFormat {
        if let format = KeystoreFormat(rawValue: text.lowercased()) { return format }
        let known = KeystoreFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw LifecycleError(.badInput, "there is no keystore format \"\(text)\"", hint: "choose one of \(known)")
    }
}
