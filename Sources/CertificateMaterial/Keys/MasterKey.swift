// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
public import LifecycleModel
public import PublicCA

/// The one key under which everything secret is sealed: 256 bits, kept apart from what they seal, never printed.
public struct MasterKey: Sendable, CustomStringConvertible, CustomReflectable {
    let key: SymmetricKey

    /// A new one, from the system's randomness.
    public init() { self.key = SymmetricKey(size: .bits256) }

    /// Takes ``text`` back, with or without a line's end.
    public init(_ text: Secret) throws(MaterialError) {
        let bytes = text.reveal { Data(base64Encoded: $0.filter { !$0.isWhitespace }) }
        guard let bytes, bytes.count == 32 else {
            throw MaterialError("this is not a master key: it must be 32 bytes in base64")
        }
        self.key = SymmetricKey(data: bytes)
    }

    /// Base64, for a file that nobody else may read.
    public var text: Secret { Secret(key.withUnsafeBytes { Data($0) }.base64EncodedString()) }

    /// Tells one key from another without telling anything about it.
    var identifier: Data {
        key.withUnsafeBytes { Data(SHA256.hash(data: Data("master key".utf8) + Data($0)).prefix(4)) }
    }

    public var description: String { "<master key>" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
