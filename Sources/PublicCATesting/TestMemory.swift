// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA
import Synchronization

/// A provider's memory for tests: blobs in a dictionary, unsealed, gone with the object.
public final class TestMemory: ProviderMemory {
    private let blobs = Mutex<[String: RememberedBlob]>([:])

    /// An empty memory.
    public init() {}

    /// Never throws.
    public func recall(_ name: String) async throws(ProviderError) -> RememberedBlob? {
        blobs.withLock { $0[name] }
    }

    /// Never throws.
    public func remember(_ data: Data, as name: String, replacing version: Int?) async throws(ProviderError) -> Bool {
        blobs.withLock { blobs in
            guard blobs[name]?.version == version else { return false }
            blobs[name] = RememberedBlob(data: data, version: (version ?? 0) + 1)
            return true
        }
    }
}
