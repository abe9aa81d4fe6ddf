// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import PublicCA

/// Where the CA writes down what it has: one blob for itself, one for each order, one for each order key.
///
/// A call thus touches a few small blobs, however many orders there are, and many processes may write at once: a blob
/// is only replaced at the version that was read.
struct MockBooks: Sendable {
    let memory: any ProviderMemory
    /// Whether a new CA already has orders that others made.
    let hasExistingOrders: Bool

    /// More conflicts in a row than this are no bad luck.
    private static let patience = 200

    /// The CA's keys, made on the first call of all.
    func authority(at now: Date) async throws(ProviderError) -> MockAuthority {
        var found = try await read("authority", as: MockAuthority.self)
        if found == nil {
            let made = try attempt { try MockAuthority.make(at: now) }
            if try await write(made, as: "authority", replacing: nil) { return try await furnish(made, version: 1) }
            found = try await read("authority", as: MockAuthority.self)
        }
        guard let (authority, version) = found else {
            throw ProviderError(.transient(retryAfter: nil), "the mock CA's memory forgets what it was told")
        }
        return authority.hasExistingOrders ? authority : try await furnish(authority, version: version)
    }

    /// Whoever finds the existing orders missing writes them; they are numbered, so that none comes twice.
    private func furnish(_ authority: MockAuthority, version: Int) async throws(ProviderError) -> MockAuthority {
        var complete = authority
        complete.hasExistingOrders = true
        if hasExistingOrders {
            for order in try attempt({ try ExistingOrders.make(by: authority) }) {
                _ = try await put(order, replacing: nil)
            }
        }
        _ = try await write(complete, as: "authority", replacing: version)
        return complete
    }

    func order(_ number: Int) async throws(ProviderError) -> (order: MockOrder, version: Int)? {
        try await read(Self.name(of: number), as: MockOrder.self).map { ($0.value, $0.version) }
    }

    /// The order that bears the reference, or whose certificate does.
    func order(named reference: String) async throws(ProviderError) -> MockOrder? {
        guard let number = MockOrder.number(in: reference), let order = try await order(number)?.order,
            [order.reference.rawValue, order.certificateReference.rawValue].contains(reference)
        else { return nil }
        return order
    }

    func put(_ order: MockOrder, replacing version: Int?) async throws(ProviderError) -> Bool {
        try await write(order, as: Self.name(of: order.number), replacing: version)
    }

    /// Changes one order; the change is tried again on whatever somebody else made of it meanwhile.
    ///
    /// Throws `notFound` when there is no such order.
    func change<Result>(
        _ number: Int, _ edit: (inout MockOrder) throws(ProviderError) -> Result
    ) async throws(ProviderError) -> Result {
        for _ in 0..<Self.patience {
            guard let (order, version) = try await order(number) else { throw Self.unknown }
            var changed = order
            let result = try edit(&changed)
            if changed == order { return result }
            if try await put(changed, replacing: version) { return result }
        }
        throw Self.crowded
    }

    /// Enters a new order under the next free number.
    ///
    /// Its key is announced before the order is there, so that an order can always be found by its key; an announced
    /// number without the order means nothing.
    func append(_ key: OrderKey, _ make: (Int) -> MockOrder) async throws(ProviderError) -> MockOrder {
        let tail = try await read("tail", as: Int.self)
        var number = tail?.value ?? (hasExistingOrders ? ExistingOrders.count + 1 : 1)
        for _ in 0..<Self.patience {
            while try await order(number) != nil { number += 1 }
            try await announce(key, at: number)
            let order = make(number)
            if try await put(order, replacing: nil) {
                // Only a hint where to begin the search: when somebody else was faster, theirs is as good.
                _ = try await write(number + 1, as: "tail", replacing: tail?.version)
                return order
            }
        }
        throw Self.crowded
    }

    /// Notes that an order may bear this key.
    func announce(_ key: OrderKey, at number: Int) async throws(ProviderError) {
        let name = Self.name(of: key)
        for _ in 0..<Self.patience {
            let found = try await read(name, as: [Int].self)
            let numbers = found?.value ?? []
            if numbers.contains(number) { return }
            if try await write(numbers + [number], as: name, replacing: found?.version) { return }
        }
        throw Self.crowded
    }

    /// The orders that bear this key, oldest first.
    func orders(for key: OrderKey) async throws(ProviderError) -> [MockOrder] {
        var orders: [MockOrder] = []
        for number in try await read(Self.name(of: key), as: [Int].self)?.value ?? [] {
            guard let order = try await order(number)?.order else { continue }
            if order.issuances.contains(where: { $0.request.key == key }) { orders.append(order) }
        }
        return orders.sorted { $0.number < $1.number }
    }

    private static func name(of number: Int) -> String { "order-\(number)" }

    private static func name(of key: OrderKey) -> String {
        let digest = SHA256.hash(data: Data(key.rawValue.utf8)).prefix(16)
        return "key-" + digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    static let unknown = ProviderError(.notFound, "the mock CA knows no such order or certificate")
    static let crowded = ProviderError(
        .transient(retryAfter: .seconds(1)), "too many others write to the mock CA's memory")
}

extension MockBooks {
    func read<Value: Decodable>(
        _ name: String, as type: Value.Type
    ) async throws(ProviderError) -> (value: Value, version: Int)? {
        guard let blob = try await memory.recall(name) else { return nil }
        return (try attempt { try JSONDecoder().decode(type, from: blob.data) }, blob.version)
    }

    /// Returns false when somebody else was faster.
    func write(
        _ value: some Encodable, as name: String, replacing version: Int?
    ) async throws(ProviderError) -> Bool {
        let data = try attempt { try JSONEncoder().encode(value) }
        return try await memory.remember(data, as: name, replacing: version)
    }

    /// What fails here is the mock itself, on a machine where nothing else may work either.
    private func attempt<Value>(_ work: () throws -> Value) throws(ProviderError) -> Value {
        do { return try work() } catch {
            throw ProviderError(.transient(retryAfter: nil), "the mock CA failed: \(error)")
        }
    }
}
