// SPDX-License-Identifier: Apache-2.0

import Crypto
public import FoundationEssentials
public import LifecycleModel

/// Seals with AES-256-GCM (NIST SP 800-38D), bound to what the secret belongs to.
///
/// A sealed secret is: the format's version (1 byte), which master key (4 bytes), nonce (12), ciphertext, tag (16).
/// Version, key and context are authenticated too, so that nothing sealed can be passed off as something else.
public struct Sealer: Sealing {
    private static let version = Data([1])
    private let master: MasterKey

    public init(_ master: MasterKey) { self.master = master }

    public func seal(_ secret: Data, for context: String) throws(MaterialError) -> Data {
        let header = Self.version + master.identifier
        return try MaterialError.attempt("the secret cannot be sealed") {
            let box = try AES.GCM.seal(secret, using: master.key, authenticating: header + Data(context.utf8))
            guard let combined = box.combined else { throw MaterialError("the secret cannot be sealed") }
            return header + combined
        }
    }

    public func open(_ sealed: Data, for context: String) throws(MaterialError) -> Data {
        let header = sealed.prefix(5)
        guard header.count == 5, header.prefix(1) == Self.version else {
            throw MaterialError("this was not sealed here, or by a newer version")
        }
        guard header.dropFirst() == master.identifier else {
            throw MaterialError("this was sealed with another master key")
        }
        return try MaterialError.attempt("what was sealed has been changed, or belongs to something else") {
            let box = try AES.GCM.SealedBox(combined: sealed.dropFirst(5))
            return try AES.GCM.open(box, using: master.key, authenticating: header + Data(context.utf8))
        }
    }
}
