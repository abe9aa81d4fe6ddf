// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// What became of each promise, as a table for people.
public struct ConformanceReport: Sendable, CustomStringConvertible {
    /// One promise.
    public struct Row: Sendable {
        /// As in ``ProviderCheck/promise``.
        public let promise: String
        /// How it ended; a failure where the promise is broken.
        public let result: Result<ProviderCheck.Outcome, ConformanceFailure>
    }

    /// One for each check, in their order.
    public let rows: [Row]

    /// Runs the checks one after the other; each opens the account anew.
    public init(of checks: [ProviderCheck] = ProviderCheck.all, with fixture: ProviderFixture) async {
        await self.init(of: checks) { _ in fixture }
    }

    /// The same with a fixture for each check; a check without one is a promise that is not kept.
    public init(
        of checks: [ProviderCheck] = ProviderCheck.all, withEach fixture: (ProviderCheck) throws -> ProviderFixture
    ) async {
        var rows: [Row] = []
        for check in checks {
            do throws(ConformanceFailure) {
                let fixture = try Self.made(fixture, for: check)
                rows.append(Row(promise: check.promise, result: .success(try await check.run(with: fixture))))
            } catch {
                rows.append(Row(promise: check.promise, result: .failure(error)))
            }
        }
        self.rows = rows
    }

    private static func made(
        _ fixture: (ProviderCheck) throws -> ProviderFixture, for check: ProviderCheck
    ) throws(ConformanceFailure) -> ProviderFixture {
        do { return try fixture(check) } catch {
            throw ConformanceFailure(promise: check.promise, seen: "the fixture failed: \(error)")
        }
    }

    /// The promises that are not kept.
    public var failures: [ConformanceFailure] {
        rows.compactMap { row in
            if case .failure(let failure) = row.result { return failure }
            return nil
        }
    }

    /// A line for each promise, and a sum.
    public var description: String {
        let lines = rows.map { row in
            switch row.result {
            case .success(.passed): "passed          \(row.promise)"
            case .success(.notApplicable(let reason)): "not applicable  \(row.promise) (\(reason))"
            case .failure(let failure): "FAILED          \(row.promise): \(failure.seen)"
            }
        }
        let skipped = rows.count { row in
            if case .success(.notApplicable) = row.result { return true }
            return false
        }
        let passed = rows.count - skipped - failures.count
        let sum = "\(passed) passed, \(skipped) not applicable, \(failures.count) failed"
        return (lines + [sum]).joined(separator: "\n")
    }
}
