// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine

extension CertificateDesk {
    /// Does all that is due, again and again, until the task is cancelled: one line of a service group.
    public func work(every pause: Duration = .seconds(1)) async throws {
        while !Task.isCancelled {
            try await engine.pass()
            try await Task.sleep(for: pause)
        }
    }

    /// Waits for one order, for a request that a person waits for. False: not finished yet, and not lost either.
    public func finish(_ id: OrderID, within limit: Duration = .seconds(30)) async throws -> Bool {
        try await engine.settle(.order(id), within: limit)
    }
}
