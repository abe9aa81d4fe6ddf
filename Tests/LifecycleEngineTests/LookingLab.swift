// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// An engine over a laboratory's records that may neither write nor ask: what only looks must do without both.
struct LookingLab {
    let engine: LifecycleEngine

    init(_ lab: Laboratory, deploying: (any Deploying)? = nil) throws {
        engine = LifecycleEngine(
            repository: LockedRepository(inner: lab.repository), accounts: NoAccount(), material: Material(),
            sealing: Sealer(MasterKey()), digest: Fingerprint.sha256, deploying: deploying,
            time: EngineTime(now: lab.time.now, clock: lab.time.clock))
    }

    private struct LockedRepository: ForwardingRepository {
        let inner: MemoryRepository

        func commit(_ changes: ChangeSet) async throws(RepositoryError) {
            Issue.record("something was written")
            throw .conflict("nothing may be written here")
        }

        func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
            Issue.record("work was claimed")
            throw .conflict("nothing may be claimed here")
        }
    }

    private struct NoAccount: AccountOpening {
        func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider {
            Issue.record("account \(account.name) was opened")
            throw LifecycleError(.unreachable, "nobody is there")
        }
    }
}
