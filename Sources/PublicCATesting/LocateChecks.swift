// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension ProviderCheck {
    static let locateChecks = [
        ProviderCheck("what was never sent is absent", needs: [.locating], isReadOnly: true) { bench in
            let answer = try await bench.locate(try await bench.request(), by: bench.provider)
            try bench.expect(answer == .absent, "\(answer)")
        },
        ProviderCheck("an order is found by its key", needs: [.locating]) { bench in
            let request = try await bench.request()
            let order = try await bench.provider.place(request)
            _ = try await bench.provider.place(try await bench.request())
            await bench.fixture.pass(try bench.capability(bench.provider.locating).settleTime)
            let answer = try await bench.locate(request, by: bench.provider)
            try bench.expect(answer == .found(order), "\(answer)")
        },
        ProviderCheck("after a lost answer the failure is ambiguous, and the order is found", needs: [.locating]) {
            bench in
            let request = try await bench.request()
            let provider = try await bench.provoked(.lostReply)
            let error = try await bench.failure("placing") { () throws(ProviderError) in
                try await provider.place(request)
            }
            try await bench.expectDoubt(error, about: request)
        },
        ProviderCheck("a write whose task is cancelled is ambiguous, and the order is found", needs: [.locating]) {
            bench in
            let request = try await bench.request()
            let provider = try await bench.provoked(.hang)
            let placing = Task { () async -> Result<OrderReference, ProviderError> in
                do throws(ProviderError) { return .success(try await provider.place(request)) } catch {
                    return .failure(error)
                }
            }
            // Let the order get there first; what is cancelled before anything was sent proves nothing.
            for _ in 0..<1000 {
                await bench.fixture.pass(.milliseconds(1))
                await Task.yield()
                if try await bench.locate(request, by: bench.provider) != .absent { break }
            }
            placing.cancel()
            let outcome = await placing.value
            let error = try await bench.failure("placing") { () throws(ProviderError) in try outcome.get() }
            try await bench.expectDoubt(error, about: request)
        },
    ]
}

extension CheckBench {
    func locate(_ request: OrderRequest, by provider: any PublicCAProvider) async throws -> Located {
        let locating = try capability(provider.locating)
        return try await locating.locate(
            OrderAttempt(
                request: request, kind: .new, predecessor: nil, notBefore: fixture.now().addingTimeInterval(-3600)))
    }

    fileprivate func expectDoubt(_ error: ProviderError, about request: OrderRequest) async throws {
        guard case .ambiguous(let settle) = error.disposition else {
            throw Observation("it failed as \(error.disposition) (\(error.summary))")
        }
        await fixture.pass(max(settle, try capability(provider.locating).settleTime))
        guard case .found(let order) = try await locate(request, by: provider) else {
            throw Observation("the order is not found after the settle time")
        }
        _ = try await snapshot(of: order)
    }
}
