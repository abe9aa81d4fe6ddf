// SPDX-License-Identifier: Apache-2.0

public import PublicCA

/// Makes passwords for keystores.
public enum KeystorePassword {
    static let length = 24
    /// ASCII letters and digits without those that look alike (0 O o, 1 l I): safe in shells, files and on paper.
    static let alphabet = Array("23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ")

    /// 24 characters with about 139 bits of the system's randomness.
    public static func generate() -> Secret {
        var random = SystemRandomNumberGenerator()
        return Secret(String((0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }))
    }
}
