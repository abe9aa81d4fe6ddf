// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization

/// The mock CA with catalogs and rights that a test writes, and which may change from one reading to the next.
final class ListedCA: Sendable {
    struct Script: Sendable {
        var report = AccountReport()
        var checksDomains = false
        var hasNoProfiles = false
        var organizations: [Page<Organization>] = [Page(items: [], next: nil)]
        var domains: [Page<RegisteredDomain>] = [Page(items: [], next: nil)]
        var calls = 0
    }

    let ca: MockCA
    let time = TestTime()
    private let script = Mutex(Script())
    /// Runs while a page is on its way.
    let onPage: @Sendable (ListedCA) async -> Void

    init(onPage: @escaping @Sendable (ListedCA) async -> Void = { _ in }) {
        ca = MockCA(now: time.now)
        self.onPage = onPage
    }

    var calls: Int { script.withLock(\.calls) }
    func write(_ edit: (inout Script) -> Void) { script.withLock { edit(&$0) } }
    var read: Script { script.withLock { $0 } }

    func engine(_ options: EngineOptions = EngineOptions(worker: "one")) async throws -> EngineLab {
        try await LifecycleEngine.testing(
            provider: ListedProvider(desk: self, base: ca.provider), time: time, options: options)
    }

    /// Reads all catalogs, and returns the account as it is then.
    func sync(_ lab: EngineLab) async throws -> AccountRecord? {
        try await lab.engine.syncCatalogs(account: "test")
        try await lab.engine.pass(.account("test"))
        return try await lab.repository.account("test")
    }

    fileprivate func page<Item>(
        _ pages: KeyPath<Script, [Page<Item>]>, _ cursor: PageCursor?
    ) async throws(ProviderError) -> Page<Item> {
        await onPage(self)
        let index = cursor.flatMap { Int($0.rawValue) } ?? 0
        return script.withLock { script in
            script.calls += 1
            var page = script[keyPath: pages][index]
            if page.next == nil, index + 1 < script[keyPath: pages].count { page.next = PageCursor("\(index + 1)") }
            return page
        }
    }
}

private struct ListedProvider: PublicCAProvider, OrganizationListing, DomainListing {
    let desk: ListedCA
    let base: MockProvider

    var reissuing: (any OrderReissuing)? { base.reissuing }

    func check() async throws(ProviderError) -> AccountReport { desk.read.report }
    func profiles() async throws(ProviderError) -> [CertificateProfile] {
        if desk.read.hasNoProfiles { return [] }
        var profiles = try await base.profiles()
        for index in profiles.indices { profiles[index].checksDomains = desk.read.checksDomains }
        return profiles
    }
    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference { try await base.place(request) }
    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        try await base.order(reference)
    }
    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        try await base.certificate(reference)
    }
    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        try await base.revoke(request)
    }
    func listOrganizations(after cursor: PageCursor?) async throws(ProviderError) -> Page<Organization> {
        try await desk.page(\.organizations, cursor)
    }
    func listDomains(after cursor: PageCursor?) async throws(ProviderError) -> Page<RegisteredDomain> {
        try await desk.page(\.domains, cursor)
    }
}

extension RegisteredDomain {
    static func named(_ name: String, endsIn days: Double = 100) -> RegisteredDomain {
        RegisteredDomain(
            id: DomainID(name), name: name, status: "ACTIVE", validationStatus: "VALIDATED", isValidated: true,
            validationExpiresAt: TestTime.usualStart.addingTimeInterval(days * 86400))
    }
}
