// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel

/// One promise of the repository contract, as something that can be run.
///
/// ```swift
/// @Test(arguments: RepositoryCheck.all)
/// func `mine keeps the contract`(_ check: RepositoryCheck) async throws {
///     try await check.run { conditions in MyRepository(now: conditions.now, digest: conditions.digest) }
/// }
/// ```
public struct RepositoryCheck: Sendable, CustomStringConvertible {
    /// The promise, as a sentence.
    public let name: String
    private let body: @Sendable (CheckedRepository) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (CheckedRepository) async throws -> Void) {
        self.name = name
        self.body = body
    }

    public var description: String { name }

    /// Runs the check on a repository of its own.
    ///
    /// Throws ``RepositoryCheckFailure`` when the promise is broken, and what the repository threw where nothing should
    /// have been thrown.
    ///
    /// - Parameter repository: makes a fresh and empty repository that lives under the conditions.
    public func run(
        on repository: (RepositoryConditions) async throws -> any LifecycleRepository
    ) async throws {
        let conditions = RepositoryConditions()
        try await body(CheckedRepository(repository: repository(conditions), conditions: conditions))
    }

    /// Every promise.
    public static let all: [RepositoryCheck] =
        claiming + leases + queue + commits + uniqueness + journal + journalEnds + sealing + orderLists
        + certificateLists + patterns + paging
        + counting + catalogs + singles + unattended
}

/// What a checked repository gets from outside.
public struct RepositoryConditions: Sendable {
    let clock = CheckClock()

    /// The clock of the repository; checks move it.
    public var now: @Sendable () -> Date { { [clock] in clock.now } }

    /// Stands in for SHA-256, so that the kit needs no cryptography: 64 bits (FNV-1a) in hex.
    public var digest: @Sendable (Data) -> String {
        { bytes in
            let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
            return String(hash, radix: 16)
        }
    }
}

/// A promise that a repository broke.
public struct RepositoryCheckFailure: Error, CustomStringConvertible {
    /// What was seen instead.
    public let description: String

    init(_ description: String) { self.description = description }
}
