// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import RepositoryTesting
import Testing

struct MemoryRepositoryTests {
    @Test(arguments: RepositoryCheck.all)
    func `the memory repository keeps the contract`(_ check: RepositoryCheck) async throws {
        try await check.run { conditions in MemoryRepository(now: conditions.now, digest: conditions.digest) }
    }

    @Test func `each promise has a name of its own`() {
        let names = RepositoryCheck.all.map(\.name)
        #expect(Set(names).count == names.count)
    }
}
