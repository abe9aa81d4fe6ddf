// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA

/// A certificate on its way out: what is written, in which container, and under which password.
struct CertificateExport {
    enum Format: String, CaseIterable {
        case pem, der, pkcs7, pkcs12, jks

        var isBinary: Bool { self == .der || self == .pkcs12 || self == .jks }
        /// Exists to hold a key.
        var needsKey: Bool { self == .pkcs12 || self == .jks }
    }

    let certificate: IssuedCertificate
    let managed: ManagedCertificate?
    let format: Format
    let holdsKey: Bool

    init(
        certificate: IssuedCertificate, managed: ManagedCertificate?, format text: String?, withKey: Bool,
        isPasswordGiven: Bool
    ) throws(LifecycleError) {
        self.certificate = certificate
        self.managed = managed
        let chosen = managed?.keystore?.format
        guard let format = Format(rawValue: text?.lowercased() ?? chosen?.rawValue ?? "pem") else {
            let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw LifecycleError(.badInput, "there is no format \"\(text ?? "")\"", hint: "choose one of \(known)")
        }
        self.format = format
        // Who asked for a keystore with the order asked for the key in it.
        self.holdsKey = withKey || format.needsKey || (text == nil && chosen != nil)
        guard !holdsKey || format.needsKey || format == .pem else {
            throw LifecycleError(
                .badInput, "\(format.rawValue) has no room for a key", hint: "choose pem, pkcs12 or jks")
        }
        guard !isPasswordGiven || format.needsKey else {
            throw LifecycleError(
                .badInput, "\(format.rawValue) is not encrypted, so a password cannot protect it",
                hint: "choose --format pkcs12")
        }
    }

    /// - Parameter given: the password for this time; `nil` for the one that was given with the order.
    func contents(_ engine: LifecycleEngine, password given: Secret?) async throws(LifecycleError) -> Data {
        guard holdsKey, let keystore = KeystoreFormat(rawValue: format.rawValue) else {
            guard let plain = ChainFormat(rawValue: format.rawValue) else {
                throw LifecycleError(.badInput, "\(format.rawValue) needs the key")
            }
            return try written { () throws(MaterialError) in try plain.write(certificate.chain) }
        }
        let key = try await engine.privateKey(of: certificate)
        var password: Secret?
        if keystore.needsPassword {
            password = given
            if given == nil, let managed { password = try engine.keystorePassword(of: managed) }
            guard password != nil else {
                throw LifecycleError(
                    .badInput, "a \(format.rawValue) keystore needs a password", hint: "add --password SOURCE")
            }
        }
        let secret = password
        return try written { () throws(MaterialError) in
            try Keystore.write(
                keystore, key: key, chain: certificate.chain, password: secret, alias: certificate.facts.commonName)
        }
    }

    private func written(_ body: () throws(MaterialError) -> Data) throws(LifecycleError) -> Data {
        do throws(MaterialError) {
            return try body()
        } catch {
            throw LifecycleError(.badInput, error.description)
        }
    }
}
