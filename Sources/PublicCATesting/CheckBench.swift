// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// What every check works with.
struct CheckBench: Sendable {
    let provider: any PublicCAProvider
    let fixture: ProviderFixture

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

    /// Reads the order until it is issued.
    func issue(_ order: OrderReference, by provider: any PublicCAProvider) async throws -> CertificateReference {
        var last: OrderSnapshot?
        for _ in 0..<fixture.polls {
            let snapshot = try await provider.order(order)
            if case .issued(let certificate) = snapshot.state { return certificate }
            last = snapshot
            await fixture.pass(snapshot.checkAfter ?? .seconds(1))
        }
        throw Observation("the order was never issued; last it was \(last?.wording ?? "not read")")
    }

    /// A certificate with the order that it came from.
    struct Obtained: Sendable {
        var request: OrderRequest
        var known: Predecessor
        var leaf: Data
    }

    func obtain() async throws -> Obtained {
        let request = try await request()
        return try await collect(try await provider.place(request), for: request)
    }

    /// Reads the order until it gives a certificate other than this one.
    func collect(
        _ order: OrderReference, for request: OrderRequest, notYet predecessor: SerialNumber? = nil
    ) async throws -> Obtained {
        for _ in 0..<fixture.polls {
            let reference = try await issue(order, by: provider)
            let snapshot = try await provider.certificate(reference)
            if snapshot.serialNumber == nil || snapshot.serialNumber != predecessor {
                return try obtained(snapshot, order: order, certificate: reference, for: request)
            }
            await fixture.pass(.seconds(1))
        }
        throw Observation("the certificate stayed the old one")
    }

    private func obtained(
        _ snapshot: CertificateSnapshot, order: OrderReference, certificate: CertificateReference,
        for request: OrderRequest
    ) throws -> Obtained {
        guard let key = DERText.publicKey(inRequest: request.signingRequest.der) else {
            throw Observation("the fixture's signing request cannot be read")
        }
        let chain = snapshot.chain?.certificates ?? []
        guard let leaf = chain.first(where: { DERText.publicKey(inCertificate: $0) == key }),
            let serial = DERText.serialNumber(ofCertificate: leaf)
        else { throw Observation("none of \(chain.count) certificates has the key of the signing request") }
        let known = Predecessor(
            order: order, certificate: certificate, serialNumber: serial, leaf: CertificateChain(certificates: [leaf]))
        return Obtained(request: request, known: known, leaf: leaf)
    }

    func revocation(of known: Predecessor) -> RevocationRequest {
        RevocationRequest(
            certificate: known.certificate, serialNumber: known.serialNumber, reason: .superseded,
            comments: "a check of the provider contract")
    }

    /// Every row, in the order of the pages.
    func rows(_ listing: any OrderListing, in states: [String] = []) async throws -> [OrderRow] {
        var rows: [OrderRow] = []
        var cursor: PageCursor?
        for _ in 0..<10_000 {
            let page = try await listing.listOrders(in: states, after: cursor)
            rows += page.items
            guard let next = page.next else { return rows }
            try expect(next != cursor, "a page names itself as the next one")
            cursor = next
        }
        throw Observation("the list has no end")
    }
}
