// SPDX-License-Identifier: Apache-2.0

/// A kind and size of key, such as `rsa-2048`. Open: CAs add their own, and keep them in the same form.
public struct KeyAlgorithm: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// RSA with a modulus of 2048 bits (RFC 8017).
    public static let rsa2048 = KeyAlgorithm("rsa-2048")
    /// RSA with a modulus of 3072 bits.
    public static let rsa3072 = KeyAlgorithm("rsa-3072")
    /// RSA with a modulus of 4096 bits.
    public static let rsa4096 = KeyAlgorithm("rsa-4096")
    /// ECDSA over P-256 (FIPS 186-5; secp256r1 in RFC 5480).
    public static let ecP256 = KeyAlgorithm("ec-p256")
    /// ECDSA over P-384.
    public static let ecP384 = KeyAlgorithm("ec-p384")
    /// ECDSA over P-521, which few CAs take.
    public static let ecP521 = KeyAlgorithm("ec-p521")
}
