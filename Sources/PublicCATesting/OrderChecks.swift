// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension ProviderCheck {
    static let orderChecks = [
        ProviderCheck("a placed order can be read by its reference") { bench in
            let order = try await bench.provider.place(try await bench.request())
            _ = try await bench.provider.order(order)
        },
        ProviderCheck("a reference means the same to an account opened anew") { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            let first = try await bench.provider.order(order)
            let other = try await bench.fixture.open()
            let second = try await other.order(OrderReference(order.rawValue))
            try bench.expect(first.state == second.state, "\(first.wording), then \(second.wording)")
        },
        ProviderCheck("the CA's own word for a state is kept") { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            try bench.expect(try await !bench.provider.order(order).wording.isEmpty, "the wording is empty")
        },
        ProviderCheck("a word that nobody knows is an answer, and is kept") { bench in
            let order = try await bench.provider.place(try await bench.request())
            let snapshot = try await bench.provoked(.unknownWord).order(order)
            try bench.expect(
                snapshot.state == .unrecognized && !snapshot.wording.isEmpty,
                "state \(snapshot.state), wording \"\(snapshot.wording)\"")
        },
        ProviderCheck("two orders have two references") { bench in
            let first = try await bench.provider.place(try await bench.request())
            let second = try await bench.provider.place(try await bench.request())
            try bench.expect(first != second, "both are \(first)")
        },
        ProviderCheck("an order says what it is for") { bench in
            let request = try await bench.request()
            let order = try await bench.provider.place(request)
            guard let details = try await bench.provider.order(order).details else {
                throw Inapplicable("the CA does not tell")
            }
            try bench.expect(details.commonName == request.commonName, "it is for \(details.commonName)")
            try bench.expect(
                Set(details.alternativeNames) == Set(request.alternativeNames),
                "its names are \(details.alternativeNames.map(\.text))")
        },
        ProviderCheck("a pending order is not issued") { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            if case .issued = try await bench.provider.order(order).state { throw Observation("it is") }
        },
        ProviderCheck("an order that is ready takes its signing request and is issued", needs: [.finalizing]) { bench in
            let request = try await bench.request(.finalizing)
            let order = try await bench.provider.place(request)
            var state = try await bench.provider.order(order).state
            for _ in 0..<bench.fixture.polls where state != .readyToFinalize {
                await bench.fixture.pass(.seconds(1))
                state = try await bench.provider.order(order).state
            }
            try bench.expect(state == .readyToFinalize, "it is never ready, but \(state)")
            try await bench.capability(bench.provider.finalizing).finalize(order, with: request.signingRequest)
            _ = try await bench.collect(order, for: request)
        },
    ]

    static let certificateChecks = [
        ProviderCheck("a certificate has the key that was asked for") { bench in
            _ = try await bench.obtain()
        },
        ProviderCheck("a certificate has all names that were asked for") { bench in
            let obtained = try await bench.obtain()
            for name in obtained.request.alternativeNames {
                try bench.expect(DERText.certificate(obtained.leaf, names: name), "\(name.text) is missing")
            }
        },
        ProviderCheck("a certificate comes with its issuers") { bench in
            let obtained = try await bench.obtain()
            let chain = try await bench.provider.certificate(obtained.known.certificate).chain
            try bench.expect((chain?.certificates.count ?? 0) > 1, "the leaf came alone")
        },
        ProviderCheck("a certificate's serial number is the leaf's, and it is valid") { bench in
            let obtained = try await bench.obtain()
            let snapshot = try await bench.provider.certificate(obtained.known.certificate)
            try bench.expect(snapshot.isNotOver, "it is \(snapshot.wording)")
            try bench.expect(
                snapshot.serialNumber == nil || snapshot.serialNumber == obtained.known.serialNumber,
                "it is \(snapshot.serialNumber?.rawValue ?? "")")
        },
    ]

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
        _ = try await provider.order(order)
    }
}
