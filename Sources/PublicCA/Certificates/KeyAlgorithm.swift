// SPDX-License-Identifier: Apache-2.0

/// A kind and size of key, such as `rsa-2048`. Open: CAs add their own, and keep them in the same form.
public struct KeyAlgorithm: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let rsa2048 = KeyAlgorithm("rsa-2048")
    public static let rsa3072 = KeyAlgorithm("rsa-3072")
    public static let rsa4096 = KeyAlgorithm("rsa-4096")
    public static let ecP256 = KeyAlgorithm("ec-p256")
    public static let ecP384 = KeyAlgorithm("ec-p384")
    public static let ecP521 = KeyAlgorithm("ec-p521")
}
