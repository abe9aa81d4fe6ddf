// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Orders: attempts to get a certificate.",
        discussion: "Example: publicca order list",
        subcommands: [
            Create.self, Import.self, List.self, Show.self, Check.self, Cancel.self, Delete.self, Resolve.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Orders a certificate; the key is made and sealed here first.",
            discussion:
                "Example: publicca order create --account demo --profile \"Mock DV\" --name www.example.org --wait")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var waiting: Waiting
        @Option var account: String
        @Option var profile: String
        @Option(help: "The common name.") var name: String
        @Option(parsing: .unconditionalSingleValue, help: "Another name; repeat.") var san: [String] = []
        @Option var organization: String?
        @Option(help: "Days.") var term: Int?
        @Option var key: String?
        @Option(help: "A CSR whose key is elsewhere.") var csr: String?
        @Option(parsing: .unconditional) var comments = ""
        @Option var requesterEmail: [String] = []
        @Option(help: "NAME=VALUE") var field: [String] = []
        @Option(help: "Your own idempotency key.") var orderKey: String?
        @Flag(help: "Check only.") var dryRun = false

        func run() async throws {
            var wish = OrderWish(account: account, profile: profile, commonName: name)
            wish.names = san
            wish.organization = organization
            wish.term = term
            wish.keyAlgorithm = key.map { KeyAlgorithm($0) }
            if let csr {
                guard let bytes = try? Data(contentsOf: URL(filePath: csr)) else {
                    throw LifecycleError(.notFound, "the file \(csr) cannot be read")
                }
                wish.signingRequest = bytes
            }
            wish.comments = comments
            wish.requesterEmails = requesterEmail
            wish.fields = try Pairs.read(field, "--field")
            wish.callerKey = orderKey
            let host = try global.open()
            if dryRun {
                let draft = try await host.engine.draft(wish)
                return print("would order \(draft.details.commonName) under \(draft.profile.name)")
            }
            try await host.follow(try await host.engine.order(wish), for: waiting.wait, global)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists orders, oldest first.", discussion: "Example: publicca order list --state stuck")
        @OptionGroup var global: GlobalOptions
        @Option var account: String?
        @Option var state: String?
        @Option(help: "A name, with * for any characters.") var name: String?
        @Option var limit = 100
        @Option var after: String?

        func run() async throws {
            var query = OrderQuery()
            query.account = account
            if let state {
                guard let phase = OrderPhase(rawValue: state) else {
                    throw LifecycleError(.badInput, "there is no state \"\(state)\"")
                }
                query.phases = [phase]
            }
            query.name = name.map { NamePattern($0) }
            query.limit = limit
            query.after = after.map { PageCursor($0) }
            let host = try global.open()
            let page = try await host.stored { [query] () async throws(RepositoryError) in
                try await host.repository.orders(query)
            }
            if global.isJSON {
                var items: [OrderBody] = []
                for order in page.items { items.append(try await host.body(of: order)) }
                return try Output.json(ListBody(items: items, next: page.next?.rawValue))
            }
            Output.table(
                ["ID", "NAME", "KIND", "STATE", "WORDING"],
                page.items.map {
                    [$0.id.rawValue, $0.details.commonName, $0.kind.rawValue, $0.phase.rawValue, $0.wording]
                }, empty: "publicca order create --help")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows an order.")
        @OptionGroup var global: GlobalOptions
        @Argument var id: String

        func run() async throws {
            let host = try global.open()
            try Output.json(try await host.body(of: try await host.findOrder(id)))
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Asks the CA once, and takes what is there.")
        @OptionGroup var global: GlobalOptions
        @Argument var id: String

        func run() async throws {
            let host = try global.open()
            let order = try await host.findOrder(id)
            _ = try await host.engine.hasten(order)
            try await host.follow(order, for: nil, global)
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Withdraws an order that is not issued.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var confirmation: Confirmation
        @Argument var id: String
        @Option(parsing: .unconditional) var comments = "withdrawn by the requester"

        func run() async throws {
            let host = try global.open()
            let order = try await host.findOrder(id)
            try confirmation.ask("cancel \(order.id) for \(order.details.commonName)?")
            let wished = try await host.engine.cancel(order.id, comments: comments)
            _ = try await host.stored { () async throws(RepositoryError) in
                try await host.engine.settle(.order(wished.id), within: .seconds(300))
            }
            let after = try await host.findOrder(wished.id.rawValue)
            print("\(after.id): \(after.phase.rawValue)")
            if after.phase != .cancelled { throw Ended.badly }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Drops our record; the CA's stays.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var confirmation: Confirmation
        @Argument var id: String

        func run() async throws {
            let host = try global.open()
            let order = try await host.findOrder(id)
            try confirmation.ask("delete our record of \(order.id)?")
            try await host.engine.delete(order.id)
            print("\(order.id) deleted here; the CA's record stays")
        }
    }
}
