// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA

/// What is brought here, and what is done without being asked for.
extension Scenario {
    static let account = Scenario(
        name: "account", bought: 0, certificates: 0, wish: { try await $0.addAccount() },
        afterwards: { stage in
            let account = try await stage.engine.repository.account(stage.account)
            return CatalogKind.allCases.filter { account?.lastSync[$0] == nil }.map { "\($0.rawValue) were not read" }
        })

    static let importing = Scenario(
        name: "import", hasExistingOrders: true, bought: 0, certificates: 0,
        before: { stage in
            try await stage.addAccount()
            try await stage.surroundings.approveAll()
        },
        wish: { _ = try await $0.engine.importOrders(account: $0.account) },
        afterwards: { stage in
            let listed = try await stage.surroundings.listedOrders().count
            let here = try await stage.engine.repository.orders(OrderQuery()).items.count
            return here == listed ? [] : ["\(here) orders are here, and \(listed) at the CA"]
        })

    /// What comes is to be renewed: each gets its plan.
    static let importRenewed: Scenario = {
        var scenario = importing
        scenario.name = "import-renewed"
        scenario.before = { stage in
            try await stage.addAccount()
            let choice = AutoRenewal(isEnabled: true, days: 1)
            try await stage.engine.setAutoRenewal(choice, ofAccount: stage.account)
            try await stage.rest()
            try await stage.surroundings.approveAll()
        }
        return scenario
    }()

    /// The import meets an order of ours that is under way.
    static let importBesideOrder = Scenario(
        name: "import-beside-order", bought: 1, certificates: 1, before: { try await $0.addAccount() },
        wish: { stage in
            try await stage.order()
            _ = try await stage.engine.importOrders(account: stage.account)
        },
        afterwards: { try await $0.orders().count == 1 ? [] : ["an order is here twice"] })

    static let deploy = Scenario(
        name: "deploy", isServed: true, bought: 1, certificates: 1, before: { try await $0.addAccount() },
        wish: { try await $0.order() })

    static let deployRenewal = Scenario(
        name: "deploy-renewal", isServed: true, bought: 2, certificates: 2, before: { try await $0.issue() },
        wish: { _ = try await $0.engine.renew(try await $0.certificate().id) })

    static let tell = Scenario(
        name: "tell", isTold: true, echo: .seconds(300), bought: 1, certificates: 1,
        before: { try await $0.addAccount() },
        wish: { stage in
            try await stage.engine.keepWatch()
            try await stage.order()
        },
        afterwards: { stage in
            let isTold = stage.surroundings.inbox?.notices.isEmpty == false
            let isLeft = try await stage.engine.repository.channel("ops")?.pending != nil
            return (isTold ? [] : ["nobody was told"]) + (isLeft ? ["a message is left"] : [])
        })

    static let duties = Scenario(
        name: "duties", journalAge: .seconds(600), isDutiful: true, span: .seconds(2 * 3600), bought: 1,
        certificates: 1,
        before: { stage in
            try await stage.issue()
            var query = JournalQuery()
            query.isNewestFirst = true
            for line in try await stage.engine.repository.journal(query).items.prefix(1) {
                try await stage.engine.recordCheckpoint(JournalCheckpoint(line))
            }
        },
        wish: { try await $0.engine.keepSchedules() },
        afterwards: { stage in
            let first = try await stage.engine.repository.journal(JournalQuery()).items.first?.sequence
            return first == 1 ? ["the journal was not pruned"] : []
        })
}

extension Scenario {
    /// All that is explored.
    package static let all: [Scenario] =
        [
            order, orderWithRequest, orderWithKey, orderUndecided, orderSeenLate, finalize, cancel, capacity, renew,
            reissue, reissueInPlace, revoke, revokeUnanswered, autoRenew, autoRenewAccount, autoRenewOff, account,
            importing, importRenewed, importBesideOrder, deploy, deployRenewal, tell, duties,
        ]
        + [order, orderWithKey, finalize, renew, reissue, reissueInPlace, autoRenew].map(\.withoutLookup)
}

extension Stage {
    var surroundings: Surroundings { life.surroundings }
}

extension Surroundings {
    /// Orders that the CA lists to anybody.
    fileprivate func listedOrders() async throws(ProviderError) -> [OrderReference] {
        var orders: [OrderReference] = []
        var cursor: PageCursor?
        repeat {
            let page = try await ca.provider.listOrders(in: [], after: cursor)
            orders += page.items.map(\.order)
            cursor = page.next
        } while cursor != nil
        return orders
    }

    /// Nothing waits for a person at the CA for ever.
    fileprivate func approveAll() async throws(ProviderError) {
        for order in try await listedOrders() { ca.approve(order) }
    }
}
