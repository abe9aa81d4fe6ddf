// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// What is refused, or warned of, before a CA is asked.
struct RestrictionTests {
    private func wish(_ name: String = "www.example.org") -> OrderWish { Laboratory.wish(name) }

    @Test func `an account that may not order says so before anything is on record`() async throws {
        let desk = ListedCA()
        desk.write { $0.report.restrictions = [Restriction(.order, "the role lacks the privilege sslRequest")] }
        let lab = try await desk.engine()
        for isDraft in [true, false] {
            let error = await #expect(throws: LifecycleError.self) {
                if isDraft { _ = try await lab.engine.draft(wish()) } else { _ = try await lab.engine.order(wish()) }
            }
            #expect(error?.code == .refused)
            #expect(
                error?.message == "account test may not order certificates: the role lacks the privilege sslRequest")
        }
        #expect(try await lab.repository.orders(OrderQuery()).items.isEmpty)
        #expect(desk.ca.calls(.place) == 0)
    }

    @Test func `a right that came back is used after the next verification`() async throws {
        let desk = ListedCA()
        desk.write { $0.report.restrictions = [Restriction(.order, "no")] }
        let lab = try await desk.engine()
        desk.write { $0.report.restrictions = [] }
        _ = try await lab.engine.verifyAccount("test")
        #expect(try await lab.engine.draft(wish()).warnings == [])
    }

    @Test func `a successor for an organization that was closed is refused, and one that may wait is warned of`()
        async throws
    {
        let desk = ListedCA()
        var acme = Organization(id: OrganizationID("200"), name: "Acme")
        desk.write { [acme] in $0.organizations = [Page(items: [acme], next: nil)] }
        let lab = try await desk.engine()
        _ = try await desk.sync(lab)
        var wish = wish()
        wish.organization = "Acme"
        let order = try await lab.engine.order(wish)
        for _ in 0..<3 {
            try await lab.engine.pass(.order(order.id))
            desk.time.advance(by: .seconds(60))
        }
        let done = try #require(try await lab.repository.order(order.id))
        let id = try #require(done.certificate, "\(done.phase): \(done.problem ?? done.wording)")
        var reissue = SuccessorWish()
        reissue.reason = "another key"
        #expect(try await lab.engine.warnings(beforeRenewing: id) == [])

        acme.isValidated = false
        desk.write { [acme] in $0.organizations = [Page(items: [acme], next: nil)] }
        _ = try await desk.sync(lab)
        for warnings in [
            try await lab.engine.warnings(beforeRenewing: id),
            try await lab.engine.warnings(beforeReissuing: id, reissue),
        ] {
            #expect(warnings.count == 1 && warnings.first?.contains("\"Acme\" is not validated") == true)
        }

        acme.orderingProblem = "its API is switched off"
        desk.write { [acme] in $0.organizations = [Page(items: [acme], next: nil)] }
        _ = try await desk.sync(lab)
        for isRenewal in [true, false] {
            let error = await #expect(throws: LifecycleError.self) {
                _ = try await isRenewal ? lab.engine.renew(id) : lab.engine.reissue(id, reissue)
            }
            #expect(error?.code == .badInput && error?.message.contains("its API is switched off") == true)
        }
        #expect(try await lab.repository.orders(OrderQuery()).items.count == 1)
    }

    @Test func `a catalog that the account may not list is left alone`() async throws {
        let desk = ListedCA()
        desk.write { $0.domains = [Page(items: [.named("example.org")], next: nil)] }
        let lab = try await desk.engine()
        desk.write { $0.report.restrictions = [Restriction(.listDomains, "the role lacks allowManageDomains")] }
        _ = try await lab.engine.verifyAccount("test")
        let before = desk.calls
        let account = try await desk.sync(lab)
        #expect(desk.calls == before + 1 && account?.syncFailure == nil)
        #expect(try await lab.repository.catalog(CatalogQuery(account: "test", kind: .domains)).items.count == 1)
        #expect(try await lab.repository.work(.account("test"), task: WorkItem.life) == nil)
    }

    @Test func `a name under no domain is refused where the CA checks, and not before the domains were read`()
        async throws
    {
        let desk = ListedCA()
        desk.write { $0.checksDomains = true }
        let lab = try await desk.engine()
        #expect(try await lab.engine.draft(wish()).warnings == [])
        desk.write { $0.domains = [Page(items: [.named("example.com")], next: nil)] }
        _ = try await desk.sync(lab)
        desk.time.advance(by: .seconds(86400 * 3))
        let error = await #expect(throws: LifecycleError.self) { try await lab.engine.order(wish()) }
        #expect(error?.message == "name www.example.org is under no domain of account test")
        #expect(error?.hint?.contains("3 days ago, publicca account sync test") == true)
    }

    @Test(arguments: ["EXAMPLE.org.", "*.Example.ORG", "bücher.example", "xn--BCHER-kva.example"])
    func `a domain is found however the CA writes it`(_ domain: String) async throws {
        let desk = ListedCA()
        desk.write {
            $0.checksDomains = true
            $0.domains = [Page(items: [.named(domain)], next: nil)]
        }
        let lab = try await desk.engine()
        let isOrg = domain.lowercased().contains("org")
        #expect(try await lab.engine.draft(wish(isOrg ? "WWW.example.org." : "www.Bücher.example")).warnings == [])
        await #expect(throws: LifecycleError.self) {
            try await lab.engine.draft(wish(isOrg ? "www.badexample.org" : "www.buecher.example"))
        }
    }

    @Test func `a validation that soon ends is a warning of the draft`() async throws {
        let desk = ListedCA()
        desk.write {
            $0.checksDomains = true
            $0.domains = [Page(items: [.named("example.org", endsIn: 3)], next: nil)]
        }
        let lab = try await desk.engine()
        #expect(
            try await lab.engine.draft(wish()).warnings
                == ["the validation of domain example.org ends on 2026-01-04: the order may wait for a new one"])
    }
}
