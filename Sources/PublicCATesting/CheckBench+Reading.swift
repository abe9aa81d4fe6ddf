// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension CheckBench {
    /// Reads an order, however late the CA shows it.
    func snapshot(
        of order: OrderReference, by other: (any PublicCAProvider)? = nil
    ) async throws -> OrderSnapshot {
        let reader = other ?? provider
        return try await patiently { () throws(ProviderError) in try await reader.order(order) }
    }

    /// Reads a certificate, however late the CA hands it out.
    func snapshot(of certificate: CertificateReference) async throws -> CertificateSnapshot {
        try await patiently { () throws(ProviderError) in try await provider.certificate(certificate) }
    }

    /// A fresh order or certificate may be missing for the settle time, and reads may fail for the moment: the engine
    /// reads again then, and so do the checks, a bounded number of times.
    private func patiently<Value>(_ read: () async throws(ProviderError) -> Value) async throws -> Value {
        let settleTime = provider.locating?.settleTime ?? .seconds(60)
        for _ in 0..<fixture.polls {
            do throws(ProviderError) { return try await read() } catch {
                switch error.disposition {
                case .transient(let delay): await fixture.pass(delay ?? .seconds(1))
                case .notFound: await fixture.pass(max(.seconds(1), settleTime / fixture.polls))
                case .ambiguous, .rejected, .account: throw error
                }
            }
        }
        return try await read()
    }

    /// Reads the order until it is issued.
    func issue(_ order: OrderReference) async throws -> CertificateReference {
        var last: OrderSnapshot?
        for _ in 0..<fixture.polls {
            let snapshot = try await snapshot(of: order)
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

    /// Reads the order until it gives a certificate with the request's key, and other than this one.
    ///
    /// Which certificate it is, the chain says: not every CA shows a serial number beside it.
    func collect(
        _ order: OrderReference, for request: OrderRequest, notYet predecessor: SerialNumber? = nil
    ) async throws -> Obtained {
        guard let key = DERText.publicKey(inRequest: request.signingRequest.der) else {
            throw Observation("the fixture's signing request cannot be read")
        }
        var seen = "the certificate stayed the old one"
        for _ in 0..<fixture.polls {
            let reference = try await issue(order)
            let chain = try await snapshot(of: reference).chain?.certificates ?? []
            if let leaf = chain.first(where: { DERText.publicKey(inCertificate: $0) == key }) {
                guard let serial = DERText.serialNumber(ofCertificate: leaf) else {
                    throw Observation("the certificate cannot be read")
                }
                if serial != predecessor {
                    let known = Predecessor(
                        order: order, certificate: reference, serialNumber: serial,
                        leaf: CertificateChain(certificates: [leaf]))
                    return Obtained(request: request, known: known, leaf: leaf)
                }
            } else {
                seen = "none of \(chain.count) certificates has the key of the signing request"
            }
            await fixture.pass(.seconds(1))
        }
        throw Observation(seen)
    }

    /// Every page of a list, in order.
    func pages<Element>(
        _ list: (PageCursor?) async throws(ProviderError) -> Page<Element>
    ) async throws -> [Page<Element>] {
        var pages: [Page<Element>] = []
        var cursor: PageCursor?
        for _ in 0..<10_000 {
            let page = try await list(cursor)
            pages.append(page)
            guard let next = page.next else { return pages }
            try expect(next != cursor, "a page names itself as the next one")
            cursor = next
        }
        throw Observation("the list has no end")
    }

    func pages(_ listing: any OrderListing, in states: [String] = []) async throws -> [Page<OrderRow>] {
        try await pages { (cursor) throws(ProviderError) in try await listing.listOrders(in: states, after: cursor) }
    }

    /// Every row, in the order of the pages.
    func rows(_ listing: any OrderListing, in states: [String] = []) async throws -> [OrderRow] {
        try await pages(listing, in: states).flatMap(\.items)
    }

    func organizations() async throws -> [Page<Organization>] {
        let listing = try capability(provider.organizations)
        return try await pages { (cursor) throws(ProviderError) in try await listing.listOrganizations(after: cursor) }
    }

    func domains() async throws -> [Page<RegisteredDomain>] {
        let listing = try capability(provider.domains)
        return try await pages { (cursor) throws(ProviderError) in try await listing.listDomains(after: cursor) }
    }

    func revocation(of known: Predecessor) -> RevocationRequest {
        RevocationRequest(
            certificate: known.certificate, serialNumber: known.serialNumber, leaf: known.leaf, reason: .superseded,
            comments: Self.comments)
    }

    /// Whether the CA says how the certificate fares.
    func tells(_ known: Predecessor) async throws -> Bool {
        try await snapshot(of: known.certificate).state != .unrecognized
    }

    func expectRevoked(_ known: Predecessor) async throws {
        try await expectSoon {
            let snapshot = try await snapshot(of: known.certificate)
            if case .revoked = snapshot.state { return nil }
            return "the certificate is \(snapshot.wording)"
        }
    }
}
