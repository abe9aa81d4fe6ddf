// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA

/// What people choose for a keystore: a letter for its format, a password, the name of the entry, and more certificates.
extension FuzzTarget {
    /// There is a keystore that holds what was asked for, or an error.
    static let keystore = FuzzTarget("keystore", longest: 2048) { bytes in
        var input = Input(bytes)
        let letter = input.byte()
        let (password, alias) = (input.text(), input.text())
        let owner = try KeystoreOwner.shared.get()
        let chain = CertificateChain(certificates: [owner.certificate] + input.parts())
        let format: KeystoreFormat = letter == UInt8(ascii: "p") ? .pkcs12 : letter == UInt8(ascii: "e") ? .pem : .jks
        let written = try refusable { () throws(MaterialError) in
            try Keystore.write(
                format, key: owner.key, chain: chain, password: password.isEmpty ? nil : Secret(password), alias: alias,
                rounds: 1)
        }
        guard let written else { return }
        let contents: KeystoreContentsRead
        switch format {
        case .pem: contents = try KeystoreContentsRead(pem: written)
        case .jks: contents = try KeystoreContentsRead(jks: written, password: password)
        case .pkcs12: contents = try KeystoreContentsRead(pkcs12: written, password: password)
        }
        try expect(contents.key == owner.key.der, "the key is another")
        try expect(contents.certificates == chain.certificates, "the chain is another")
        let isNamed = format == .pem || contents.alias == (format == .jks ? alias.lowercased() : alias)
        try expect(isNamed, "the entry \(alias.debugDescription) is called \(contents.alias.debugDescription)")
    }
}
