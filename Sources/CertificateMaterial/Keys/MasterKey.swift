// SPDX-License-Identifier: Apache-2.0

import Crypto
package import FoundationEssentials
public import LifecycleModel
public import PublicCA

/// The one key under which everything secret is sealed: 256 bits, kept apart from what they seal, never printed.
public struct MasterKey: Sendable, CustomStringConvertible, CustomReflectable {
    let key: SymmetricKey

    /// A new one, from the system's randomness.
    public init() { self.key = SymmetricKey(size: .bits256) }

    /// Takes ``text`` back, with or without a line's end.
    public init(_ text: Secret) throws(MaterialError) {
        let keys = try Self.keys(in: text.reveal { Data($0.utf8) })
        guard let key = keys.first, keys.count == 1 else { throw MaterialError("these are several master keys") }
        self = key
    }

    private init(base64 word: Data) throws(MaterialError) {
        guard var bytes = Data(base64Encoded: word), bytes.count == 32 else {
            throw MaterialError("this is not a master key: it must be 32 bytes in base64")
        }
        defer { bytes.wipe() }
        self.key = SymmetricKey(data: bytes)
    }

    /// The keys of a text in their order, with white space between them. Throws when there is none, or something else.
    package static func keys(in text: Data) throws(MaterialError) -> [MasterKey] {
        var keys: [MasterKey] = []
        for word in text.split(whereSeparator: { $0 <= 0x20 }) { keys.append(try MasterKey(base64: Data(word))) }
        guard !keys.isEmpty else { throw MaterialError("there is no master key in it") }
        return keys
    }

    /// Base64, for a file that nobody else may read.
    public var text: Secret { Secret(key.withUnsafeBytes { Data($0) }.base64EncodedString()) }

    /// Tells one key from another without telling anything about it.
    var identifier: Data {
        key.withUnsafeBytes { Data(SHA256.hash(data: Data("master key".utf8) + Data($0)).prefix(4)) }
    }

    /// ``identifier`` in lower-case hex: no secret.
    package var name: String { SealedForm.hex(identifier) }

    public var description: String { "<master key>" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
