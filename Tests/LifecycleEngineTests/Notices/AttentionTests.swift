// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// What needs a person, kind by kind.
struct AttentionTests {
    private let day: TimeInterval = 86400

    private func attention(_ told: ToldLab) async throws -> [Attention] {
        try await told.engine.attention(at: told.time.now())
    }

    private func kinds(_ told: ToldLab) async throws -> [String] {
        try await attention(told).map { "\($0.kind.rawValue) \($0.severity)" }
    }

    /// The CA's domains are not what is looked at.
    private func ofCertificates(_ told: ToldLab) async throws -> [Attention] {
        try await attention(told).filter { $0.kind.rawValue.hasPrefix("certificate.") }
    }

    private func put(_ told: ToldLab, _ records: StoredRecord...) async throws {
        var changes = ChangeSet()
        changes.puts = records
        try await told.repository.commit(changes)
    }

    private func change(_ told: ToldLab, _ change: (inout AccountRecord) -> Void) async throws {
        var account = try #require(try await told.repository.account("test"))
        change(&account)
        try await put(told, .account(account))
    }

    @Test func `nothing needs a person where all is well`() async throws {
        let told = try await ToldLab()
        _ = try await told.engine.order(Laboratory.wish())
        try await told.engine.pass()
        #expect(try await attention(told) == [])
    }

    @Test func `an account tells of what ends, of warnings, of its catalogs and imports`() async throws {
        let told = try await ToldLab()
        let now = told.time.now()
        try await change(told) { account in
            account.report = AccountReport(
                warnings: ["one", "two"], credentialsExpireAt: now.addingTimeInterval(29 * day))
            account.syncFailure = SyncFailure(problem: "down", failures: Streak(), isFinal: true)
        }
        var run = ImportRun(id: ImportID("imp_1"), account: "test", options: ImportOptions(), createdAt: now)
        run.problem = "503"
        try await put(told, .importRun(run))
        #expect(
            try await kinds(told) == [
                "account.credentialsEnd warning", "catalog.unreadable warning", "import.stands warning",
                "account.warning info",
            ])
        try await change(told) { $0.report?.credentialsExpireAt = now.addingTimeInterval(2 * day) }
        #expect(try await attention(told).first?.what == "the credentials of account test end in 2 days")
        #expect(try await attention(told).first?.severity == .critical)
        // A paused account is one thing.
        try await change(told) { $0.report = nil }
        _ = try await told.engine.pauseAccount("test")
        #expect(try await kinds(told) == ["account.paused warning"])
    }

    @Test func `orders that are stuck are listed up to ten, and the others counted`() async throws {
        let told = try await ToldLab()
        for number in 10..<25 { try await put(told, .order(order("ord_\(number)", .stuck, told))) }
        let found = try await attention(told)
        #expect(found.count == 11 && found.allSatisfy { $0.kind == .orderStuck })
        #expect(found.last?.subject == Attention.others && found.last?.what == "5 more orders are stuck")
        #expect(found.first?.hint == "publicca order resolve ord_10 --retry | --placed REFERENCE | --abandon")
    }

    @Test func `orders that wait for three days deserve a look, but not while their account rests`() async throws {
        let told = try await ToldLab()
        try await put(told, .order(order("ord_1", .placed, told)))
        told.time.advance(by: .seconds(3 * 86400 - 1))
        #expect(try await kinds(told) == [])
        told.time.advance(by: .seconds(2))
        #expect(try await kinds(told) == ["order.waiting warning"])
        _ = try await told.engine.pauseAccount("test")
        #expect(
            try await attention(told).map(\.what) == [
                "account test is paused: a person asked for that; 1 order waits"
            ])
    }

    private func order(_ id: String, _ phase: OrderPhase, _ told: ToldLab) -> Order {
        Order(
            id: OrderID(id), account: "test", provider: "test", kind: .new, managed: ManagedCertificateID("mgd_\(id)"),
            phase: phase, details: OrderDetails(commonName: "www.example.org", alternativeNames: []),
            key: OrderKey("key \(id)"), createdAt: told.time.now())
    }

    @Test func `a certificate is told of from three days before its end until a month after it`() async throws {
        let told = try await ToldLab()
        _ = try await told.engine.order(Laboratory.wish())
        try await told.engine.pass()
        let certificate = try #require(try await told.repository.certificates(CertificateQuery()).items.first)
        let left = certificate.facts.notAfter.timeIntervalSince(told.time.now())
        var passed: TimeInterval = 0
        for (days, expected) in [
            (-3.1, []), (-2.9, ["certificate.expiresSoon critical"]), (-0.1, ["certificate.expiresSoon critical"]),
            (0.1, ["certificate.expired critical"]), (29.9, ["certificate.expired critical"]), (30.1, []),
        ] as [(Double, [String])] {
            told.time.advance(by: .seconds(Int(left + days * day - passed)))
            passed = TimeInterval(Int(left + days * day - passed)) + passed
            let found = try await ofCertificates(told).map { "\($0.kind.rawValue) \($0.severity)" }
            #expect(found == expected, "\(days) days after its end")
        }
    }

    @Test func `a certificate whose names another bears for longer is a question, and no alarm`() async throws {
        let told = try await ToldLab()
        _ = try await told.engine.order(Laboratory.wish())
        try await told.engine.pass()
        told.time.advance(by: .seconds(198 * 86400))
        let alarm = try await ofCertificates(told)
        #expect(alarm.map(\.kind) == [.certificateExpiresSoon] && alarm.first?.severity == .critical)
        _ = try await told.engine.order(Laboratory.wish())
        try await told.engine.pass()
        let question = try #require(try await ofCertificates(told).first)
        #expect(question.subject == alarm.first?.subject && question.severity == .warning)
        #expect(question.what.contains("of the same names goes on: is it served where this one was?"))
        #expect(try await ofCertificates(told).count == 1)
        // What has ended is looked at no more.
        told.time.advance(by: .seconds(2 * 86400))
        #expect(try await ofCertificates(told) == [])
    }

    @Test func `of many that end at once ten are listed, and the others counted`() async throws {
        let told = try await ToldLab()
        for number in 0..<30 { _ = try await told.engine.order(Laboratory.wish("n\(number).example.org")) }
        try await told.engine.pass()
        told.time.advance(by: .seconds(198 * 86400))
        let found = try await ofCertificates(told)
        #expect(
            found.count == 11 && found.last?.what.hasPrefix("20 more certificates ") == true, "\(found.map(\.what))")
    }

    @Test func `renewals and deployments that do not work are told`() async throws {
        let told = try await ToldLab()
        _ = try await told.engine.order(Laboratory.wish())
        try await told.engine.pass()
        let certificate = try #require(try await told.repository.certificates(CertificateQuery()).items.first)
        var managed = try #require(try await told.repository.managed(certificate.managed))
        managed.renewal = RenewalPlan(
            certificate: certificate.id, dueAt: told.time.now(), reason: .expiring, note: "two thirds")
        var deployment = DeploymentRecord(
            id: DeploymentID("dep_1"), target: "web", certificate: certificate, createdAt: told.time.now())
        deployment.isTroubled = true
        deployment.problem = "reload failed"
        try await put(told, .managed(managed), .deployment(deployment))
        #expect(try await kinds(told) == ["deployment.troubled critical", "service.absent warning"])
        told.time.advance(by: .seconds(86401))
        #expect(
            try await kinds(told) == ["deployment.troubled critical", "renewal.late warning", "service.absent warning"])
        managed.revision += 1
        managed.renewal?.isStuck = true
        try await put(told, .managed(managed))
        #expect(
            try await kinds(told) == [
                "renewal.stuck critical", "deployment.troubled critical", "service.absent warning",
            ])
    }

    @Test func `validations of domains are told of from a fortnight before their end`() async throws {
        let told = try await ToldLab()
        let now = told.time.now()
        for (id, days) in [("1", 15), ("2", 13), ("3", 2), ("4", -2), ("5", -31)] {
            let domain = RegisteredDomain(
                id: DomainID(id), name: "d\(id).example.org", status: "", validationStatus: "", isValidated: true,
                validationExpiresAt: now.addingTimeInterval(Double(days) * day + 60))
            try await put(told, .catalog(CatalogEntry(account: "test", item: .domain(domain), seenAt: now)))
        }
        #expect(
            try await attention(told).map { "\($0.name ?? "") \($0.severity)" } == [
                "d2.example.org warning", "d3.example.org warning", "d4.example.org warning",
            ])
    }

    @Test func `an inventory that is full, or too full, is told`() async throws {
        let told = try await ToldLab(options: EngineOptions(worker: "one", capacity: 1))
        for name in ["a", "b"] {
            _ = try await told.engine.order(Laboratory.wish("\(name).example.org"))
            try await told.engine.pass()
        }
        #expect(try await kinds(told) == ["inventory.full warning"])
        let roomy = try await ToldLab(options: EngineOptions(worker: "one", capacity: 1))
        for name in ["a", "b"] {
            let order = try await roomy.engine.order(Laboratory.wish("\(name).example.org"))
            // Another host allows more.
            try await roomy.rival().pass(.order(order.id))
        }
        #expect(try await kinds(roomy) == ["inventory.overLimit warning"])
    }

    @Test func `an account that this host cannot open is told with its reason`() async throws {
        let told = try await ToldLab()
        let engine = LifecycleEngine(
            repository: told.repository, accounts: ClosedAccounts(), material: Material(), sealing: Sealer(MasterKey()),
            digest: Fingerprint.sha256)
        let found = try await engine.attention(at: told.time.now())
        #expect(found.map(\.kind) == [.accountClosed] && found.first?.what == "no such secret")
    }

    @Test func `a revocation that failed is told until somebody asks again`() async throws {
        let told = try await ToldLab()
        _ = try await told.engine.order(Laboratory.wish())
        try await told.engine.pass()
        let certificate = try #require(try await told.repository.certificates(CertificateQuery()).items.first)
        var revocation = RevocationRecord(
            id: RevocationID("rev_1"), account: "test", certificate: certificate.id,
            request: RevocationRequest(
                certificate: certificate.reference, serialNumber: certificate.facts.serialNumber, reason: .superseded,
                comments: ""),
            createdAt: told.time.now())
        revocation.phase = .rejected
        revocation.problem = "no right"
        try await put(told, .revocation(revocation))
        #expect(try await attention(told).map(\.hint) == ["publicca certificate revoke \(certificate.id)"])
        revocation.revision = 1
        revocation.isFollowed = true
        try await put(told, .revocation(revocation))
        #expect(try await kinds(told) == [])
    }
}

private struct ClosedAccounts: AccountOpening {
    func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider {
        throw LifecycleError(.configuration, "no such secret")
    }
}
