// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
import PublicCA

/// The head of everything that is sealed, which is no secret: the format's version (1 byte, now 1), and which master key it
/// was sealed with (4 bytes).
public enum SealedForm {
    package static let version: UInt8 = 1

    /// The master key's identifier in lower-case hex; `nil` for what this version did not seal.
    public static func masterKey(of sealed: Data) -> String? {
        guard sealed.count > 5, sealed.first == version else { return nil }
        return hex(sealed.dropFirst().prefix(4))
    }

    package static func hex(_ identifier: Data) -> String {
        identifier.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// What each secret is sealed for: nothing opens as something else.
package enum SealedFor {
    package static func key(_ digest: PublicKeyDigest) -> String { "key:\(digest)" }
    package static func keystore(of managed: ManagedCertificateID) -> String { "keystore:\(managed)" }
    package static func secret(_ key: String, of account: String) -> String { "secret:\(account):\(key)" }

    /// What is remembered of no account is the home's own.
    package static func memory(_ name: String, of account: String) -> String {
        account.isEmpty ? "home:\(name)" : "memory:\(account):\(name)"
    }
}

extension KeptRecord {
    package var sealedParts: [String: Data] { [:] }
}

extension SealedKey {
    package var sealedParts: [String: Data] { [SealedFor.key(publicKey): sealed] }
}

extension MemoryRecord {
    /// Some are empty: nothing is remembered, but the revision counts.
    package var sealedParts: [String: Data] {
        sealed.isEmpty ? [:] : [SealedFor.memory(name, of: account): sealed]
    }
}

extension ManagedCertificate {
    package var sealedParts: [String: Data] {
        keystore?.sealedPassword.map { [SealedFor.keystore(of: id): $0] } ?? [:]
    }
}

extension AccountRecord {
    package var sealedParts: [String: Data] {
        secrets.reduce(into: [:]) { parts, secret in
            guard case .sealed(let sealed) = secret.value else { return }
            parts[SealedFor.secret(secret.key, of: name)] = sealed
        }
    }
}

extension StoredRecord {
    /// The record with every part sealed anew.
    package func resealed(_ seal: (Data, String) throws -> Data) rethrows -> StoredRecord {
        switch self {
        case .key(var key):
            key.sealed = try seal(key.sealed, SealedFor.key(key.publicKey))
            return .key(key)
        case .memory(var memory) where !memory.sealed.isEmpty:
            memory.sealed = try seal(memory.sealed, SealedFor.memory(memory.name, of: memory.account))
            return .memory(memory)
        case .managed(var managed):
            let password = managed.keystore?.sealedPassword
            managed.keystore?.sealedPassword = try password.map { try seal($0, SealedFor.keystore(of: managed.id)) }
            return .managed(managed)
        case .account(var account):
            for (name, source) in account.secrets {
                guard case .sealed(let sealed) = source else { continue }
                account.secrets[name] = .sealed(try seal(sealed, SealedFor.secret(name, of: account.name)))
            }
            return .account(account)
        case .memory, .order, .certificate, .revocation, .catalog, .importRun, .tombstone, .decision, .deployment,
            .channel, .alert:
            return self
        }
    }
}
