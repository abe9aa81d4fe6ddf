// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

@testable import Monitoring

/// What is read of a repository, by the labels that it is read under.
struct InventoryTests {
    private let time = TestTime(Date(timeIntervalSince1970: 1_767_268_800))  // noon
    private let shelf: Shelf

    init() { shelf = Shelf(time) }

    private func value(_ metric: Metric, _ label: String? = nil, limit: Int? = nil) async throws -> Double? {
        let inventory = Inventory(repository: shelf.repository, limit: limit)
        let families = try await inventory.families(at: time.now())
        let family = try #require(families.first { $0.metric == metric })
        return family.samples.first { label == nil || $0.labels.first?.value == label }?.value
    }

    @Test func `nothing is kept, and every family is there`() async throws {
        let families = try await Inventory(repository: shelf.repository, limit: nil).families(at: time.now())
        #expect(Set(families.map(\.metric)) == Set(Metric.read) && families.count == Metric.read.count)
        #expect(try await value(.workLag) == 0)
        #expect(try await value(.nextExpiry) == nil)
        #expect(try await value(.limit) == nil)
    }

    @Test func `certificates are told by state and by days left, those that have ended among the nearest`() async throws
    {
        for days in [-20, -1, 0, 2, 3, 10, 199, 400] { try await shelf.put(shelf.certificate(days: days)) }
        try await shelf.put(shelf.certificate(days: 5, status: .revoked))
        #expect(try await value(.certificates, "valid") == 6)
        #expect(try await value(.certificates, "expired") == 2)
        #expect(try await value(.certificates, "revoked") == 1)
        for (days, count) in [("0", 3.0), ("1", 3), ("3", 5), ("7", 5), ("14", 6), ("90", 6), ("200", 7), ("+Inf", 8)] {
            #expect(try await value(.expiring, days) == count, "\(days)")
        }
        #expect(try await value(.live, limit: 10) == 6)
        #expect(try await value(.limit, limit: 10) == 10)
    }

    @Test func `the next expiry is told to the second`() async throws {
        try await shelf.put(shelf.certificate(days: 2))
        try await shelf.put(shelf.certificate(days: -1))
        #expect(try await value(.nextExpiry) == 2 * 86_400)
        // One of today that has ended already hides none of the others.
        let ended = shelf.certificate(days: 0, seconds: -3600)
        try await shelf.put(ended)
        #expect(try await value(.nextExpiry) == 2 * 86_400)
        try await shelf.put(shelf.certificate(days: 0, seconds: 60))
        #expect(try await value(.nextExpiry) == 60)
    }

    @Test func `of very many that end on one day it is told when the day begins`() async throws {
        for number in 0..<150 { try await shelf.put(shelf.certificate(days: 2, seconds: Double(number))) }
        #expect(try await value(.nextExpiry) == 1.5 * 86_400)
    }

    @Test func `lag is that of the oldest work that nobody is at, without that of paused accounts`() async throws {
        var paused = shelf.account("paused")
        paused.pausedReason = "wrong password"
        try await shelf.put(.account(paused))
        try await shelf.work("ord_1", "paused", age: 5000)
        #expect(try await value(.workLag) == 0)
        let lease = Lease(worker: "other", until: time.now().addingTimeInterval(60), fence: 1)
        try await shelf.work("ord_2", "main", age: 4000, lease: lease)
        try await shelf.work("ord_3", "main", age: 300)
        try await shelf.work("ord_4", "main", age: -1000)
        #expect(try await value(.workLag) == 300)
        // A host that died holds nothing for ever.
        time.advance(by: .seconds(61))
        #expect(try await value(.workLag) == 4061)
    }

    @Test func `work of a paused account hides no other, however much it is`() async throws {
        var paused = shelf.account("paused")
        paused.pausedReason = "wrong password"
        try await shelf.put(.account(paused))
        for number in 0..<450 { try await shelf.work("ord_p\(number)", "paused", age: 5000) }
        try await shelf.work("ord_1", "main", age: 20)
        #expect(try await value(.workLag) == 20)
    }

    @Test func `renewals are due, late after a day, or stuck`() async throws {
        for (id, age) in [("mgd_1", -60.0), ("mgd_2", 60), ("mgd_3", 90_000)] {
            try await shelf.put(.managed(shelf.managed(id, dueFor: age)))
        }
        // One that is under way in time is due, and not late.
        var underWay = shelf.managed("mgd_5", dueFor: 90_000)
        underWay.renewal?.order = OrderID("ord_5")
        try await shelf.put(.managed(underWay))
        var stuck = shelf.managed("mgd_4", dueFor: 90_000)
        stuck.renewal?.isStuck = true
        try await shelf.put(.managed(stuck))
        #expect(try await value(.renewals, "due") == 3)
        #expect(try await value(.renewals, "late") == 1)
        #expect(try await value(.renewals, "stuck") == 1)
    }

    @Test func `trouble is told by kind`() async throws {
        let certificate = shelf.certificate(days: 9)
        var deployment = DeploymentRecord(
            id: DeploymentID("dep_1"), target: "web", certificate: certificate, createdAt: time.now())
        try await shelf.put(.deployment(deployment))
        #expect(try await value(.troubledDeployments) == 0)
        deployment.id = DeploymentID("dep_2")
        deployment.target = "mail"
        deployment.isTroubled = true
        try await shelf.put(.deployment(deployment))
        var alert = AlertRecord(
            kind: "order.stuck", severity: .critical, subject: "ord_1", what: "stuck", hint: "resolve it",
            since: time.now())
        try await shelf.put(.alert(alert))
        #expect(try await value(.troubledDeployments) == 1)
        #expect(try await value(.alerts, "critical") == 1)
        #expect(try await value(.alerts, "info") == 0)
        // It is remembered for an hour when it is over.
        alert.revision = 1
        alert.endedAt = time.now()
        try await shelf.put(.alert(alert))
        #expect(try await value(.alerts, "critical") == 0)
    }

    @Test func `accounts are told by name: whether they are paused, and how old their catalogs are`() async throws {
        var account = shelf.account("main")
        account.lastSync = [.domains: time.now().addingTimeInterval(-700)]
        try await shelf.put(.account(account))
        #expect(try await value(.accountPaused, "main") == 0)
        #expect(try await value(.catalogAge, "main") == 700)
        account.pausedReason = "wrong password"
        account.revision = 1
        try await shelf.put(.account(account))
        #expect(try await value(.accountPaused, "main") == 1)
    }

    @Test func `orders are told by phase`() async throws {
        try await shelf.put(.order(shelf.order("ord_1", .stuck)))
        #expect(try await value(.orders, "stuck") == 1)
        #expect(try await value(.orders, "placed") == 0)
    }
}
