// SPDX-License-Identifier: Apache-2.0

import Crypto
public import FoundationEssentials
public import LifecycleModel

/// Seals with AES-256-GCM (NIST SP 800-38D), bound to what the secret belongs to.
///
/// A sealed secret is: the format's version (1 byte), which master key (4 bytes), nonce (12), ciphertext, tag (16).
/// Version, key and context are authenticated too, so that nothing sealed can be passed off as something else.
public struct Sealer: Sealing {
    private static let version = Data([SealedForm.version])
    private let keys: MasterKeyRing

    public init(_ master: MasterKey) { self.keys = MasterKeyRing(master) }

    package init(_ keys: MasterKeyRing) { self.keys = keys }

    public func seal(_ secret: Data, for context: String) throws(MaterialError) -> Data {
        let master = try keys.newest()
        let header = Self.version + master.identifier
        return try MaterialError.attempt("the secret cannot be sealed") {
            let box = try AES.GCM.seal(secret, using: master.key, authenticating: header + Data(context.utf8))
            guard let combined = box.combined else { throw MaterialError("the secret cannot be sealed") }
            return header + combined
        }
    }

    /// What it returns is overwritten when nobody holds it any more.
    public func open(_ sealed: Data, for context: String) throws(MaterialError) -> Data {
        let header = sealed.prefix(5)
        guard header.count == 5, header.prefix(1) == Self.version else {
            throw MaterialError("this was not sealed here, or by a newer version")
        }
        guard let master = try keys.key(header.dropFirst()) else {
            throw MaterialError("this was sealed with another master key, \(SealedForm.hex(header.dropFirst()))")
        }
        return try MaterialError.attempt("what was sealed has been changed, or belongs to something else") {
            let box = try AES.GCM.SealedBox(combined: sealed.dropFirst(5))
            var opened = try AES.GCM.open(box, using: master.key, authenticating: header + Data(context.utf8))
            defer { opened.wipe() }
            return Data(wiping: opened)
        }
    }
}
