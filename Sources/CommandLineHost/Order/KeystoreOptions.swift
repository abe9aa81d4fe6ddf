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

    /// The wish, with its password read, and whether that was made up here and has to be shown once. No wish where
    /// something is wrong with it.
    func wish(_ session: Session, _ problems: inout ProblemList) -> (wish: KeystoreWish?, isGenerated: Bool) {
        let input = keystorePassword.flatMap { text in
            problems.collect { () throws(LifecycleError) in try SecretInput(text, canGenerate: true) }
        }
        guard let keystore else {
            if keystorePassword != nil {
                problems.add("a keystore password without a keystore", hint: "add --keystore pkcs12 or jks")
            }
            return (nil, false)
        }
        let known = problems.collect { () throws(LifecycleError) in try Self.format(keystore) }
        guard let format = known else { return (nil, false) }
        guard keystorePassword != nil else { return (KeystoreWish(format: format, password: nil), false) }
        guard format.needsPassword else {
            problems.add(
                "a pem keystore is not encrypted, so a password cannot protect it", hint: "choose --keystore pkcs12")
            return (nil, false)
        }
        guard let input else { return (nil, false) }
        let password = problems.collect { () throws(LifecycleError) in
            let password = try session.secrets.read(input, as: "keystore password")
            try Self.check(password, for: format)
            return password
        }
        guard let password else { return (nil, false) }
        return (KeystoreWish(format: format, password: password), input == .generate)
    }

    /// Refuses what the servers that read keystores could not open, before anything is bought for it.
    static func check(_ password: Secret, for format: KeystoreFormat) throws(LifecycleError) {
        let (length, isPrintable) = password.reveal { text in
            (text.count, text.unicodeScalars.allSatisfy { (0x20...0x7e).contains($0.value) })
        }
        // What Java's keytool asks for.
        guard length >= 6 else {
            throw LifecycleError(
                .badInput, "the keystore password needs at least 6 characters, and has \(length)",
                hint: "choose a longer one, or let one be made with: generate")
        }
        // Java opens no others, and programs disagree on how to encode them.
        guard isPrintable else {
            throw LifecycleError(
                .badInput, "the password of a \(format.rawValue) keystore must be printable ASCII: Java opens no other",
                hint: "choose another, or let one be made with: generate")
        }
    }

    static func format(_ text: String) throws(LifecycleError) -> KeystoreFormat {
        if let format = KeystoreFormat(rawValue: text.lowercased()) { return format }
        let known = KeystoreFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw LifecycleError(.badInput, "there is no keystore format \"\(text)\"", hint: "choose one of \(known)")
    }
}
