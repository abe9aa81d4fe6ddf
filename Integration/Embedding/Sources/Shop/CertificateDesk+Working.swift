// SPDX-License-Identifier: Apache-2.0

public import LifecycleEngine

extension CertificateDesk {
    /// Does all that is due, again and again, until its task is cancelled.
    public func work(every pause: Duration = .seconds(1)) async throws(RepositoryError) {
        while !Task.isCancelled {
            try await engine.pass()
            do {
                try await Task.sleep(for: pause)
            } catch {
                return  // cancelled: what is under way is on record, and goes on at the next start
            }
        }
    }

    /// Waits for one order, for a request that a person waits for. False: not finished yet, and not lost either.
    public func finish(_ id: OrderID, within limit: Duration = .seconds(30)) async throws -> Bool {
        try await engine.settle(.order(id), within: limit)
    }
}
