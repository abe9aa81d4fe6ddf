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
            // One that is only accepted is done later, and the CA may not tell when.
            try await bench.expectSoon {
                let outcome = try await bench.provider.revoke(bench.revocation(of: obtained.known))
                if !tells, outcome == .accepted { return "it is still only accepted" }
                try bench.expect(outcome == .alreadyRevoked, "\(outcome)")
                return nil
            }
        },
        ProviderCheck("only the certificate with the serial number is revoked") { bench in
            let obtained = try await bench.obtain()
            var request = bench.revocation(of: obtained.known)
            request.serialNumber = SerialNumber("0a0b0c0d0e0f")
            // A CA that names a certificate by its contents cannot be told of another.
            request.leaf = nil
            let error = try await bench.failure("revoking") { [request] () throws(ProviderError) in
                try await bench.provider.revoke(request)
            }
            try bench.expect(
                error.disposition == .rejected || error.disposition == .notFound, "it failed as \(error.disposition)")
            let snapshot = try await bench.snapshot(of: obtained.known.certificate)
            try bench.expect(snapshot.isNotOver, "the other certificate is \(snapshot.wording)")
        },
        ProviderCheck("a pending order can be withdrawn", needs: [.cancelling]) { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            _ = try await bench.snapshot(of: order)
            let cancelling = try bench.capability(bench.provider.cancelling)
            let outcome = try await cancelling.cancel(order, comments: CheckBench.comments)
            try bench.expect(outcome == .cancelled, "\(outcome)")
            try await bench.expectWithdrawn(order)
        },
        ProviderCheck("an issued order is too late to withdraw", needs: [.cancelling]) { bench in
            let obtained = try await bench.obtain()
            let cancelling = try bench.capability(bench.provider.cancelling)
            let outcome = try await cancelling.cancel(obtained.known.order, comments: CheckBench.comments)
            try bench.expect(outcome == .tooLate, "\(outcome)")
            let snapshot = try await bench.snapshot(of: obtained.known.certificate)
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
    ]
}

extension CheckBench {
    func expectWithdrawn(_ order: OrderReference) async throws {
        try await expectSoon {
            let snapshot = try await snapshot(of: order)
            let isOver = snapshot.state == .cancelled || snapshot.state == .rejected
            return isOver ? nil : "it is \(snapshot.wording)"
        }
    }
}

extension CertificateSnapshot {
    /// Neither revoked nor replaced nor expired; a CA that does not say how a certificate fares has nothing against it.
    var isNotOver: Bool { state == .valid || state == .unrecognized }
}
