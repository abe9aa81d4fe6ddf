// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What is on record, as everybody can ask for it.
extension KillingHome {
    struct Order: Decodable, Sendable {
        var id: String
        var kind: String
        var state: String
        var commonName: String
        var problem: String?

        /// Whether nothing more happens to it by itself.
        var rests: Bool { ["completed", "rejected", "cancelled", "stuck"].contains(state) }
    }

    struct Certificate: Decodable, Sendable {
        var id: String
        var commonName: String
        var serialNumber: String
        var successor: String?
    }

    private struct Page<Item: Decodable>: Decodable {
        var items: [Item]
        var next: String?
    }

    /// All of them, oldest first, or those that the options ask for.
    func orders(_ options: [String] = []) async throws -> [Order] { try await all(["order", "list"] + options) }

    /// What a person answers to an order that is stuck: look once more, and send it if the CA does not have it.
    func retry(_ order: Order) async throws {
        tally.countDecision()
        try await run(["order", "resolve", order.id, "--retry"])
    }

    /// All of them, or those of a name, oldest first.
    func certificates(named name: String? = nil) async throws -> [Certificate] {
        try await all(["certificate", "list"] + (name.map { ["--name", $0] } ?? []))
    }

    private func all<Item: Decodable>(_ command: [String]) async throws -> [Item] {
        var items: [Item] = []
        var next: String?
        repeat {
            let said = try await run(command + ["--limit", "500"] + (next.map { ["--after", $0] } ?? []))
            guard said.status == 0 else { throw KillingFailure("\(said.command): \(said.message)") }
            let page = try JSONDecoder().decode(Page<Item>.self, from: said.output)
            items += page.items
            next = page.next
        } while next != nil
        return items
    }
}
