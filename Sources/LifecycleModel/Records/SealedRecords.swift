// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// A private key, sealed. It is on record before anything is ordered for it.
public struct SealedKey: Hashable, Sendable, Codable {
    public var publicKey: PublicKeyDigest
    public var revision: Int
    public var algorithm: KeyAlgorithm
    /// PKCS#8 (RFC 5958) in DER, sealed with the digest.
    public var sealed: Data
    public var createdAt: Date

    public init(publicKey: PublicKeyDigest, algorithm: KeyAlgorithm, sealed: Data, createdAt: Date) {
        self.publicKey = publicKey
        self.revision = 0
        self.algorithm = algorithm
        self.sealed = sealed
        self.createdAt = createdAt
    }
}

/// What a provider remembers of its own, sealed.
public struct MemoryRecord: Hashable, Sendable, Codable {
    public var account: String
    public var name: String
    public var revision: Int
    public var sealed: Data

    public init(account: String, name: String, revision: Int, sealed: Data) {
        self.account = account
        self.name = name
        self.revision = revision
        self.sealed = sealed
    }
}

/// What a person deleted here: imports pass over it.
public struct Tombstone: Hashable, Sendable, Codable {
    public var account: String
    public var reference: OrderReference
    public var revision: Int
    public var deletedAt: Date

    public init(account: String, reference: OrderReference, deletedAt: Date) {
        self.account = account
        self.reference = reference
        self.revision = 0
        self.deletedAt = deletedAt
    }
}
