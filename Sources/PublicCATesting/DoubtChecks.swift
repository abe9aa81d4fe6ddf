// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension ProviderCheck {
    /// Writes that the CA carries out, and whose answer does not come through: whatever it was, it may have happened.
    static let doubtChecks = [
        ProviderCheck("an order that is answered by a server's error is in doubt") { bench in
            try await bench.expectDoubt(about: .serverError, "placing") { provider, request throws(ProviderError) in
                _ = try await provider.place(request)
            }
        },
        ProviderCheck("an order that is answered by nonsense is in doubt") { bench in
            try await bench.expectDoubt(about: .unreadableReply, "placing") { provider, request throws(ProviderError) in
                _ = try await provider.place(request)
            }
        },
        ProviderCheck("a renewal whose answer is lost is in doubt", needs: [.renewing]) { bench in
            try await bench.expectDoubts(.lostReply, .serverError, .unreadableReply) {
                let first = try await bench.obtain()
                let request = try await bench.request()
                return Write("renewing") { provider throws(ProviderError) in
                    _ = try await provider.renewing?.renew(first.known, with: request)
                }
            }
        },
        ProviderCheck("a reissue whose answer is lost is in doubt", needs: [.reissuing]) { bench in
            try await bench.expectDoubts(.lostReply, .serverError) {
                let first = try await bench.obtain()
                var request = try await bench.request()
                request.reason = CheckBench.comments
                return Write("reissuing") { [request] provider throws(ProviderError) in
                    _ = try await provider.reissuing?.reissue(first.known, with: request)
                }
            }
        },
        ProviderCheck("a revocation whose answer is lost is in doubt, and shows") { bench in
            try await bench.expectDoubts(.lostReply, .serverError) {
                let obtained = try await bench.obtain()
                let tells = try await bench.tells(obtained.known)
                return Write("revoking") { provider throws(ProviderError) in
                    _ = try await provider.revoke(bench.revocation(of: obtained.known))
                } afterwards: {
                    if tells { try await bench.expectRevoked(obtained.known) }
                }
            }
        },
        ProviderCheck("a withdrawal whose answer is lost is in doubt, and shows", needs: [.cancelling]) { bench in
            try await bench.expectDoubts(.lostReply, .serverError) {
                let order = try await bench.provider.place(try await bench.request(.pending))
                _ = try await bench.snapshot(of: order)
                return Write("withdrawing") { provider throws(ProviderError) in
                    _ = try await provider.cancelling?.cancel(order, comments: CheckBench.comments)
                } afterwards: {
                    try await bench.expectWithdrawn(order)
                }
            }
        },
        ProviderCheck("a signing request whose answer is lost is in doubt, and arrived", needs: [.finalizing]) {
            bench in
            try await bench.expectDoubts(.lostReply, .serverError) {
                let (order, request) = try await bench.readyToFinalize()
                return Write("finalizing") { provider throws(ProviderError) in
                    try await provider.finalizing?.finalize(order, with: request.signingRequest)
                } afterwards: {
                    _ = try await bench.collect(order, for: request)
                }
            }
        },
    ]
}

/// A write that is about to go wrong, and how to see what came of it.
private struct Write: Sendable {
    var purpose: String
    var call: @Sendable (any PublicCAProvider) async throws(ProviderError) -> Void
    var afterwards: @Sendable () async throws -> Void

    init(
        _ purpose: String, _ call: @escaping @Sendable (any PublicCAProvider) async throws(ProviderError) -> Void,
        afterwards: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.purpose = purpose
        self.call = call
        self.afterwards = afterwards
    }
}

extension CheckBench {
    fileprivate func expectDoubt(
        about provocation: ProviderFixture.Provocation, _ purpose: String,
        _ call: @escaping @Sendable (any PublicCAProvider, OrderRequest) async throws(ProviderError) -> Void
    ) async throws {
        try await expectDoubts(provocation) {
            let request = try await request()
            return Write(purpose) { provider throws(ProviderError) in try await call(provider, request) }
        }
    }

    /// Tries each that can be brought about here.
    ///
    /// - Parameter prepare: makes what the write needs. All is made before anything goes wrong.
    fileprivate func expectDoubts(
        _ provocations: ProviderFixture.Provocation..., of prepare: () async throws -> Write
    ) async throws {
        var writes: [(ProviderFixture.Provocation, Write)] = []
        for provocation in provocations { writes.append((provocation, try await prepare())) }
        var tried = 0
        for (provocation, write) in writes {
            guard let provider = try await fixture.provoke(provocation) else { continue }
            tried += 1
            let error = try await failure("\(write.purpose) (\(provocation))") { () throws(ProviderError) in
                try await write.call(provider)
            }
            guard case .ambiguous = error.disposition else {
                throw Observation("\(write.purpose) (\(provocation)) failed as \(error.disposition) (\(error.summary))")
            }
            try await write.afterwards()
        }
        if tried == 0 { throw Inapplicable("\(provocations[0]) cannot be brought about here") }
    }
}
