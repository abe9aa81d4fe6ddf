// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

/// What repositories need to know of every record, whatever its kind.
package protocol KeptRecord: Codable, Hashable, Sendable {
    static var kind: RecordKind { get }
    /// What tells it from others of its kind.
    var identity: [String] { get }
    var revision: Int { get set }
    /// What it holds that is sealed, by what it is sealed for.
    var sealedParts: [String: Data] { get }
}

/// The kinds of records. Raw values are used in messages to people.
package enum RecordKind: String, Hashable, Sendable, CaseIterable {
    case order, certificate, managed = "managed certificate", revocation, account, catalog = "catalog entry"
    case importRun = "import", key, memory, tombstone
    case decision = "renewal decision", deployment, channel, alert
}

extension StoredRecord {
    package var record: any KeptRecord {
        switch self {
        case .order(let record): record
        case .certificate(let record): record
        case .managed(let record): record
        case .revocation(let record): record
        case .account(let record): record
        case .catalog(let record): record
        case .importRun(let record): record
        case .key(let record): record
        case .memory(let record): record
        case .tombstone(let record): record
        case .decision(let record): record
        case .deployment(let record): record
        case .channel(let record): record
        case .alert(let record): record
        }
    }
}

extension KeptRecord {
    /// Kind and identity, for people.
    package var title: String { "\(Self.kind.rawValue) \(identity.joined(separator: "/"))" }
}

extension Order: KeptRecord {
    package static var kind: RecordKind { .order }
    package var identity: [String] { [id.rawValue] }
    /// Every name it asks for, in lower case: what a ``NamePattern`` is compared with.
    package var searchedNames: Set<String> {
        Set(([details.commonName] + details.alternativeNames.map(\.text)).map { $0.lowercased() })
    }
}

extension IssuedCertificate: KeptRecord {
    package static var kind: RecordKind { .certificate }
    package var identity: [String] { [id.rawValue] }
    /// Every name it bears, in lower case: what a ``NamePattern`` is compared with.
    package var searchedNames: Set<String> {
        Set(([facts.commonName] + facts.alternativeNames.map(\.text)).map { $0.lowercased() })
    }
}

extension ManagedCertificate: KeptRecord {
    package static var kind: RecordKind { .managed }
    package var identity: [String] { [id.rawValue] }
}

extension RevocationRecord: KeptRecord {
    package static var kind: RecordKind { .revocation }
    package var identity: [String] { [id.rawValue] }
}

extension AccountRecord: KeptRecord {
    package static var kind: RecordKind { .account }
    package var identity: [String] { [name] }
}

extension CatalogEntry: KeptRecord {
    package static var kind: RecordKind { .catalog }
    package var identity: [String] { [account, item.kind.rawValue, item.id] }
}

extension ImportRun: KeptRecord {
    package static var kind: RecordKind { .importRun }
    package var identity: [String] { [id.rawValue] }
}

extension SealedKey: KeptRecord {
    package static var kind: RecordKind { .key }
    package var identity: [String] { [publicKey.rawValue] }
}

extension MemoryRecord: KeptRecord {
    package static var kind: RecordKind { .memory }
    package var identity: [String] { [account, name] }
}

extension Tombstone: KeptRecord {
    package static var kind: RecordKind { .tombstone }
    package var identity: [String] { [account, reference.rawValue] }
}

extension RenewalDecision: KeptRecord {
    package static var kind: RecordKind { .decision }
    package var identity: [String] { [id.rawValue] }
}

extension DeploymentRecord: KeptRecord {
    package static var kind: RecordKind { .deployment }
    package var identity: [String] { [id.rawValue] }
}

extension ChannelRecord: KeptRecord {
    package static var kind: RecordKind { .channel }
    package var identity: [String] { [name] }
}

extension AlertRecord: KeptRecord {
    package static var kind: RecordKind { .alert }
    package var identity: [String] { [key] }
}
