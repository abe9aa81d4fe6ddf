// SPDX-License-Identifier: Apache-2.0

public import LifecycleEngine
public import LifecycleModel
public import RepositoryTesting

/// An engine under test, what it keeps, and what it told.
public struct EngineLab: Sendable {
    public let engine: LifecycleEngine
    public let repository: MemoryRepository
    public let events: EventLog

    /// The order as it is on record now, after whatever passes there were. Throws `notFound` when it was deleted.
    public func current(_ order: Order) async throws(LifecycleError) -> Order {
        do throws(RepositoryError) {
            if let order = try await repository.order(order.id) { return order }
        } catch {
            throw LifecycleError(error)
        }
        throw LifecycleError(.notFound, "there is no order \(order.id)")
    }

    /// What an order has led to. Throws `notFound` and says where the order is when it has no certificate yet.
    public func certificate(of order: Order) async throws(LifecycleError) -> IssuedCertificate {
        let order = try await current(order)
        do throws(RepositoryError) {
            if let id = order.certificate, let found = try await repository.certificate(id) { return found }
        } catch {
            throw LifecycleError(error)
        }
        let problem = order.problem.map { ": \($0)" } ?? ""
        throw LifecycleError(.notFound, "order \(order.id) has no certificate, it is \(order.phase.rawValue)\(problem)")
    }
}
