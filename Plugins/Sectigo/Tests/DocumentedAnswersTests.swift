// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import PublicCATesting
import Testing

/// Answers that the manuals and other people's clients document, and that no server here gives: written by hand.
struct DocumentedAnswersTests {
    private func account(_ file: String) throws -> any PublicCAProvider {
        try Replayed.open(over: ReplayTransport(try Exchange.list(in: file)))
    }

    private func failure<Value>(_ call: () async throws(ProviderError) -> Value) async -> ProviderError? {
        do throws(ProviderError) {
            _ = try await call()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["61", "62", "63", "64", "65"])
    func `five ways to say that a certificate is not there yet`(_ id: String) async throws {
        let account = try account("collect.json")
        #expect(try await account.order(OrderReference(id)).state == .issued(CertificateReference(id)))
        let error = await failure { () throws(ProviderError) in
            try await account.certificate(CertificateReference(id))
        }
        #expect(error?.disposition == .transient(retryAfter: .seconds(10)))
    }

    @Test func `a wrong number is no pending certificate, and a revoked one has no chain`() async throws {
        let account = try account("collect.json")
        let error = await failure { () throws(ProviderError) in
            try await account.certificate(CertificateReference("66"))
        }
        #expect(error?.disposition == .notFound)
        let revoked = try await account.certificate(CertificateReference("67"))
        #expect(revoked.chain == nil && revoked.serialNumber == SerialNumber("0a0b"))
        let day = Date(timeIntervalSince1970: 1_779_408_000)
        #expect(revoked.state == .revoked(Revocation(at: day, reason: .superseded)))
    }

    @Test(
        arguments: zip(
            71...77, [1_779_321_600, 1_779_321_600, 1_779_321_600, 1_779_321_600, 1_779_358_830, 1_779_358_830, nil]))
    func `an order's day is read in every style, and one that is none fails nothing`(
        _ id: Int, _ seconds: Double?
    ) async throws {
        let order = try await account("details.json").order(OrderReference("\(id)"))
        #expect(order.details?.placedAt?.timeIntervalSince1970 == seconds)
        #expect(order.details?.commonName == "day.example.com")
    }

    @Test func `empty texts, nulls and what is left out say nothing`() async throws {
        let account = try account("details.json")
        let empty = try await account.order(OrderReference("81"))
        #expect(empty.state == .processing && empty.details?.profile == ProfileID("224"))
        let null = try await account.order(OrderReference("82"))
        #expect(null.state == .awaitingApproval && null.details?.fields == [:] && null.details?.isRenewed == nil)
        let bare = try await account.order(OrderReference("83"))
        #expect(bare.state == .issued(CertificateReference("83")) && bare.details?.alternativeNames == [])
    }

    @Test func `a row without a serial number has no certificate, and one without its number is told`() async throws {
        let orders = try #require(try account("details.json").orders)
        let page = try await orders.listOrders(in: ["Issued"], after: nil)
        #expect(page.items.map(\.order.rawValue) == ["54", "55", "56"])
        #expect(page.items.map { $0.certificate?.rawValue } == [nil, nil, "56"])
        #expect(page.unreadable.count == 1 && page.total == nil)
        // Nobody has said that it is the last.
        #expect(page.next != nil)
    }

    @Test func `older servers tell less of a profile, and one organization nothing`() async throws {
        let profiles = try await account("catalogs.json").profiles()
        #expect(profiles.map(\.id.rawValue) == ["224", "14042"] && profiles.map(\.name) == ["Multi", "Multi"])
        #expect(profiles[0].keyAlgorithms == nil && profiles[0].organizations?.map(\.rawValue) == ["1", "2", "4"])
        #expect(profiles[1].keyAlgorithms == [.rsa2048, .rsa4096, .ecP256])
        // From the older list of custom fields, since there is no newer one.
        #expect(profiles[0].fields.map(\.isRequired) == [true, false])
    }

    @Test func `organizations come with certificate types or without`() async throws {
        let organizations = try #require(try account("catalogs.json").organizations)
        let all = try await organizations.listOrganizations(after: nil).items
        #expect(all.map(\.id.rawValue) == ["1", "2", "3", "4"] && all[2].parent == OrganizationID("2"))
        #expect(all.map { $0.orderingProblem == nil } == [true, true, false, true])
        #expect(all.map(\.validationStatus) == [nil, "VALIDATED", nil, nil])
    }

    @Test func `domains are validated in both spellings, and unknown where nothing is said`() async throws {
        let domains = try #require(try account("catalogs.json").domains)
        let all = try await domains.listDomains(after: nil).items
        #expect(all.map(\.isValidated) == [true, true, false, nil, false, nil])
        #expect(all.map { $0.validationExpiresAt == nil } == [false, false, true, true, true, false])
        let first = all[0].delegations?.map { ($0.organization.rawValue, $0.names) }
        #expect(all[0].name == "upper.example.com" && first?.count == 1 && first?[0].1 == [.domain, .subdomain])
        #expect(all[1].delegations?[0].names.count == 4 && all[3].delegations?[0].isInForce == false)
    }
}
