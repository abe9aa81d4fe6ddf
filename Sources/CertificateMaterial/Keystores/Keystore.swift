// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
public import PublicCA

/// Puts a key and its chain into the container that a server wants.
public enum Keystore {
    /// - Parameters:
    ///   - chain: leaf first, each followed by its issuer.
    ///   - password: needed where ``KeystoreFormat/needsPassword`` says so, refused elsewhere, since it would protect
    ///     nothing.
    ///   - alias: the friendly name of the entry; PEM has none.
    /// Throws when the key is not the leaf's, or when the password will not do.
    public static func write(
        _ format: KeystoreFormat, key: PrivateKey, chain: CertificateChain, password: Secret?, alias: String
    ) throws(MaterialError) -> Data {
        try write(
            format, key: key, chain: chain, password: password, alias: alias, rounds: KeystoreContents.usualRounds)
    }

    /// - Parameter rounds: how much work a password's guess is, in PKCS#12; fewer than usual are for tests.
    package static func write(
        _ format: KeystoreFormat, key: PrivateKey, chain: CertificateChain, password: Secret?, alias: String,
        rounds: Int32
    ) throws(MaterialError) -> Data {
        let leaf = try leaf(of: chain)
        guard leaf.publicKey.digest == key.publicKey else {
            throw MaterialError("the private key does not belong to the certificate")
        }
        for issuer in chain.certificates.dropFirst() { _ = try CertificateFields(issuer) }
        let contents = KeystoreContents(key: key.der, certificates: chain.certificates, alias: alias, leaf: leaf)
        switch format {
        case .pem:
            guard password == nil else {
                throw MaterialError("a PEM keystore is not encrypted, so a password cannot protect it; choose pkcs12")
            }
            return try contents.pem()
        case .pkcs12:
            return try contents.pkcs12(password: try accepted(password, for: format, alias: alias), rounds: rounds)
        case .jks: return try contents.jks(password: try accepted(password, for: format, alias: alias))
        }
    }

    static func leaf(of chain: CertificateChain) throws(MaterialError) -> CertificateFields {
        guard let first = chain.certificates.first else { throw MaterialError("the chain holds no certificate") }
        return try CertificateFields(first)
    }

    /// Java's keytool neither makes nor changes a store whose password has fewer than six characters.
    private static func accepted(
        _ password: Secret?, for format: KeystoreFormat, alias: String
    ) throws(MaterialError) -> Secret {
        guard !alias.isEmpty else { throw MaterialError("the entry of a keystore needs a name") }
        // In C a NUL ends the name.
        guard !alias.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw MaterialError("the name of a keystore's entry holds a control character")
        }
        let length = password?.reveal(\.count) ?? 0
        guard let password, length > 0 else {
            throw MaterialError("a keystore of the format \(format.rawValue) needs a password")
        }
        guard length >= 6 else { throw MaterialError("the keystore's password needs at least 6 characters") }
        let scalars = password.reveal { Array($0.unicodeScalars) }
        guard !scalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw MaterialError("the keystore's password holds a control character")
        }
        // Java opens no other, and OpenSSL and Windows disagree on how to encode them.
        guard format != .pkcs12 || scalars.allSatisfy(\.isASCII) else {
            throw MaterialError("the password of a PKCS#12 keystore must be ASCII: Java opens no other")
        }
        return password
    }
}

/// What goes into a keystore.
struct KeystoreContents {
    /// PKCS#8.
    let key: Data
    let certificates: [Data]
    let alias: String
    let leaf: CertificateFields

    /// The key, not encrypted, before the chain, as servers read it from one file.
    func pem() throws(MaterialError) -> Data {
        var contents = PEMText.key(key)
        defer { contents.wipe() }
        for certificate in certificates { contents.append(contentsOf: PEMText.text("CERTIFICATE", certificate).utf8) }
        return Data(wiping: contents)
    }
}
