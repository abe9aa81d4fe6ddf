// SPDX-License-Identifier: Apache-2.0

public import PublicCA

/// One promise of the provider contract, and how to find out whether it is kept.
///
/// ```swift
/// @Test(arguments: ProviderCheck.all)
/// func `the provider keeps the contract`(_ check: ProviderCheck) async throws {
///     if case .notApplicable(let reason) = try await check.run(with: fixture) { try Test.cancel(reason) }
/// }
/// ```
public struct ProviderCheck: Sendable, CustomStringConvertible {
    /// How a check ended that did not fail.
    public enum Outcome: Hashable, Sendable {
        /// The promise was kept, this once.
        case passed
        /// The provider, the account or the fixture cannot show it; the text says what is missing.
        case notApplicable(String)
    }

    /// The promise as a sentence; also the check's name.
    public let promise: String
    /// Without these it is not applicable.
    public let needs: Set<Capability>
    /// Whether it only reads, so that it may be run against a CA in use.
    public let isReadOnly: Bool

    private let body: @Sendable (CheckBench) async throws -> Void

    init(
        _ promise: String, needs: Set<Capability> = [], isReadOnly: Bool = false,
        _ body: @escaping @Sendable (CheckBench) async throws -> Void
    ) {
        self.promise = promise
        self.needs = needs
        self.isReadOnly = isReadOnly
        self.body = body
    }

    /// Every promise, reads first.
    public static let all: [ProviderCheck] =
        accountChecks + catalogChecks + listChecks + orderChecks + certificateChecks + locateChecks + successorChecks
        + endingChecks + doubtChecks + failureChecks + secretChecks

    /// The promise.
    public var description: String { promise }

    /// Runs the check once, against an account opened for it.
    ///
    /// Throws when the promise is broken, and says what was seen instead. A failing fixture breaks it too.
    public func run(with fixture: ProviderFixture) async throws(ConformanceFailure) -> Outcome {
        do {
            let provider = try await fixture.open()
            let missing = needs.subtracting(provider.capabilities).map(\.rawValue).sorted()
            guard missing.isEmpty else {
                return .notApplicable("the account does not offer \(missing.joined(separator: ", "))")
            }
            try await body(CheckBench(provider: provider, fixture: fixture))
            return .passed
        } catch let missing as Inapplicable {
            return .notApplicable(missing.reason)
        } catch let observation as Observation {
            throw ConformanceFailure(promise: promise, seen: observation.seen)
        } catch {
            throw ConformanceFailure(promise: promise, seen: "a call failed: \(error)")
        }
    }
}

/// A promise that is not kept.
public struct ConformanceFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// As in ``ProviderCheck/promise``.
    public let promise: String
    /// What happened instead.
    public let seen: String
    /// Promise and observation in one line.
    public var description: String { "not kept: \(promise); seen: \(seen)" }
}

/// Something that contradicts the promise.
struct Observation: Error {
    var seen: String
    init(_ seen: String) { self.seen = seen }
}

/// The check cannot be made here.
struct Inapplicable: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
}
