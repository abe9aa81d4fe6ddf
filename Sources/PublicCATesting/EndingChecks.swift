// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension ProviderCheck {
    static let endingChecks = [
        ProviderCheck("a revocation shows at the certificate") { bench in
            let obtained = try await bench.obtain()
            guard try await bench.tells(obtained.known) else {
                throw Inapplicable("the CA does not say how a certificate fares")
            }
            let outcome = try await bench.provider.revoke(bench.revocation(of: obtained.known))
            try bench.expect(outcome != .alreadyRevoked, "it had been revoked before")
            try await bench.expectRevoked(obtained.known)
        },
        ProviderCheck("a second revocation finds it done") { bench in
            let obtained = try await bench.obtain()
            let tells = try await bench.tells(obtained.known)
            _ = try await bench.provider.revoke(bench.revocation(of: obtained.known))
            if tells { try await bench.expectRevoked(obtained.known) }
            let outcome = try await bench.provider.revoke(bench.revocation(of: obtained.known))
            try bench.expect(outcome == .alreadyRevoked, "\(outcome)")
        },
        ProviderCheck("only the certificate with the serial number is revoked") { bench in
            let obtained = try await bench.obtain()
            var request = bench.revocation(of: obtained.known)
            request.serialNumber = SerialNumber("0a0b0c0d0e0f")
            let error = try await bench.failure("revoking") { [request] () throws(ProviderError) in
                try await bench.provider.revoke(request)
            }
            try bench.expect(
                error.disposition == .rejected || error.disposition == .notFound, "it failed as \(error.disposition)")
            let snapshot = try await bench.provider.certificate(obtained.known.certificate)
            try bench.expect(snapshot.isNotOver, "the other certificate is \(snapshot.wording)")
        },
        ProviderCheck("a pending order can be withdrawn", needs: [.cancelling]) { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            let cancelling = try bench.capability(bench.provider.cancelling)
            let outcome = try await cancelling.cancel(order, comments: "a check of the provider contract")
            try bench.expect(outcome == .cancelled, "\(outcome)")
            let snapshot = try await bench.provider.order(order)
            let isOver = snapshot.state == .cancelled || snapshot.state == .rejected
            try bench.expect(isOver, "it is \(snapshot.wording)")
        },
        ProviderCheck("an issued order is too late to withdraw", needs: [.cancelling]) { bench in
            let obtained = try await bench.obtain()
            let cancelling = try bench.capability(bench.provider.cancelling)
            let outcome = try await cancelling.cancel(
                obtained.known.order, comments: "a check of the provider contract")
            try bench.expect(outcome == .tooLate, "\(outcome)")
            let snapshot = try await bench.provider.certificate(obtained.known.certificate)
            try bench.expect(snapshot.isNotOver, "the certificate is \(snapshot.wording)")
        },
    ]

    static let failureChecks = [
        ProviderCheck("what the CA cannot take is rejected") { bench in
            var request = try await bench.request()
            request.term = 12_345
            request.profile = ProfileID("999999999999")
            let error = try await bench.failure("placing") { [request] () throws(ProviderError) in
                try await bench.provider.place(request)
            }
            try bench.expect(error, is: .rejected)
        },
        ProviderCheck("too many calls are transient", isReadOnly: true) { bench in
            let provider = try await bench.provoked(.rateLimit)
            let error = try await bench.failure("checking") { () throws(ProviderError) in
                try await provider.check()
            }
            guard case .transient = error.disposition else {
                throw Observation("it failed as \(error.disposition) (\(error.summary))")
            }
        },
        ProviderCheck("wrong credentials refuse the account", isReadOnly: true) { bench in
            let provider = try await bench.provoked(.wrongCredentials)
            let error = try await bench.failure("checking") { () throws(ProviderError) in
                try await provider.check()
            }
            try bench.expect(error, is: .account)
        },
        ProviderCheck("no failure repeats a secret", isReadOnly: true) { bench in
            guard let canary = bench.fixture.canary else { throw Inapplicable("no secret is given to look for") }
            var providers = [bench.provider]
            if let other = try await bench.fixture.provoke(.wrongCredentials) { providers.append(other) }
            for provider in providers {
                for error in await bench.failures(of: provider) {
                    let text = "\(error) \(error.summary) \(error.wording ?? "") \(String(reflecting: error))"
                    try bench.expect(!text.contains(canary), "it stands in a failure")
                }
            }
        },
    ]
}

extension CheckBench {
    /// Whether the CA says how the certificate fares.
    fileprivate func tells(_ known: Predecessor) async throws -> Bool {
        try await provider.certificate(known.certificate).state != .unrecognized
    }

    fileprivate func expectRevoked(_ known: Predecessor) async throws {
        var snapshot = try await provider.certificate(known.certificate)
        for _ in 0..<fixture.polls {
            if case .revoked = snapshot.state { return }
            await fixture.pass(.seconds(1))
            snapshot = try await provider.certificate(known.certificate)
        }
        throw Observation("the certificate is \(snapshot.wording)")
    }

    /// Failures of reads that ask for what is not there.
    fileprivate func failures(of provider: any PublicCAProvider) async -> [ProviderError] {
        var failures: [ProviderError] = []
        do throws(ProviderError) { _ = try await provider.check() } catch { failures.append(error) }
        do throws(ProviderError) { _ = try await provider.profiles() } catch { failures.append(error) }
        do throws(ProviderError) { _ = try await provider.order(OrderReference("999999999999")) } catch {
            failures.append(error)
        }
        do throws(ProviderError) {
            _ = try await provider.certificate(CertificateReference("999999999999"))
        } catch { failures.append(error) }
        return failures
    }
}

extension CertificateSnapshot {
    /// Neither revoked nor replaced nor expired; a CA that does not say how a certificate fares has nothing against it.
    var isNotOver: Bool { state == .valid || state == .unrecognized }
}
