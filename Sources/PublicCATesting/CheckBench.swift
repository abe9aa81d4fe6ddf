// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// What every check works with.
struct CheckBench: Sendable {
    let provider: any PublicCAProvider
    let fixture: ProviderFixture

    /// Said to the people at the CA wherever a call has room for it.
    static let comments = "a check of the provider contract"

    func expect(_ holds: Bool, _ seen: @autoclosure () -> String) throws {
        if !holds { throw Observation(seen()) }
    }

    func capability<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Inapplicable("the account withdrew a capability") }
        return value
    }

    func request(_ course: ProviderFixture.Course = .issued) async throws -> OrderRequest {
        guard let make = fixture.request else { throw Inapplicable("nothing may be ordered here") }
        guard let request = try await make(course) else {
            throw Inapplicable("the CA has no order of this kind: \(course)")
        }
        return request
    }

    func provoked(_ provocation: ProviderFixture.Provocation) async throws -> any PublicCAProvider {
        guard let provider = try await fixture.provoke(provocation) else {
            throw Inapplicable("\(provocation) cannot be brought about here")
        }
        return provider
    }

    /// The failure of a call that must fail.
    func failure<Value>(
        _ what: String, _ call: () async throws(ProviderError) -> Value
    ) async throws -> ProviderError {
        let value: Value
        do throws(ProviderError) { value = try await call() } catch { return error }
        throw Observation("\(what) gave \(value) instead of failing")
    }

    func expect(_ error: ProviderError, is disposition: ProviderError.Disposition) throws {
        try expect(error.disposition == disposition, "it failed as \(error.disposition) (\(error.summary))")
    }

    /// What a check against a CA in use may see once, since others are at work there, must be so three times in a row.
    ///
    /// - Parameter look: says what is wrong; `nil` when all is well.
    func expectRight(_ look: () async throws -> String?) async throws {
        var seen: String?
        for _ in 0..<3 {
            seen = try await look()
            if seen == nil { return }
        }
        throw Observation(seen ?? "")
    }

    /// Looks again, a bounded number of times, until the CA shows what it has taken on.
    ///
    /// - Parameter look: says what is still missing; `nil` when all is there.
    func expectSoon(_ look: () async throws -> String?) async throws {
        var seen = try await look()
        for _ in 0..<fixture.polls where seen != nil {
            await fixture.pass(.seconds(1))
            seen = try await look()
        }
        if let seen { throw Observation(seen) }
    }
}
