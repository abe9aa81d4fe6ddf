// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// Our name for an attempt at one CA to get one certificate: `ord_…`.
public struct OrderID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Our name for one issued certificate: `crt_…`.
public struct CertificateID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Our name for what is kept alive through its certificates: `mgd_…`.
public struct ManagedCertificateID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Our name for the wish to end one certificate: `rev_…`.
public struct RevocationID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Our name for an import of one account with the same options: `imp_…`.
public struct ImportID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Our name for a row of the auto-renewal audit: `dec_…`.
public struct RenewalDecisionID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Our name for a certificate's way to one place where it is served: `dep_…`.
public struct DeploymentID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// SHA-256 of a key's SubjectPublicKeyInfo in lower-case hex: what a private key, a CSR and a certificate have in common.
public struct PublicKeyDigest: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Makes ids that sort by time: ten characters of milliseconds, ten of chance, in Crockford's base 32.
public enum Identifier {
    public static func text(_ prefix: String, at now: Date, using random: inout some RandomNumberGenerator) -> String {
        let milliseconds = UInt64(max(0, now.timeIntervalSince1970 * 1000))
        let chance = random.next() as UInt64
        return prefix + digits(milliseconds) + digits(chance)
    }

    /// What sorts before every id that was made at this date or later.
    package static func first(_ prefix: String, at date: Date) -> String {
        prefix + digits(UInt64(max(0, date.timeIntervalSince1970 * 1000)))
    }

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

    private static func digits(_ number: UInt64) -> String {
        String((0..<10).reversed().map { alphabet[Int((number >> (UInt64($0) * 5)) & 31)] })
    }
}
