// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleModel
import Synchronization

/// The master keys of a home as they are where they are kept, the newest first: it seals, all of them open.
///
/// There is one, and while everything is sealed anew there are two. Other processes may put a new one there at any time,
/// hence it is read again before something is sealed, and when something was sealed with a key that is not known yet.
package final class MasterKeyRing: Sendable {
    private let known: Mutex<[MasterKey]>
    private let read: @Sendable () throws(MaterialError) -> [MasterKey]

    /// - Parameter read: the keys as they are now, the newest first; at least one.
    package init(reading read: @escaping @Sendable () throws(MaterialError) -> [MasterKey]) throws(MaterialError) {
        self.known = Mutex(try read())
        self.read = read
    }

    /// One that never changes.
    package init(_ key: MasterKey) {
        self.known = Mutex([key])
        self.read = { () throws(MaterialError) in [key] }
    }

    /// The keys as they are now, the newest first.
    package func current() throws(MaterialError) -> [MasterKey] {
        let keys = try read()
        known.withLock { known in
            // What was read from the database just now may still be sealed with one that is no longer kept.
            known = keys + known.filter { old in !keys.contains { $0.identifier == old.identifier } }
        }
        return keys
    }

    /// Whether there is a key of this identifier, as ``SealedForm/masterKey(of:)`` tells it.
    package func holds(_ identifier: String) throws(MaterialError) -> Bool {
        let isKnown = { (known: [MasterKey]) in known.contains { $0.name == identifier } }
        if known.withLock({ isKnown($0) }) { return true }
        return isKnown(try current())
    }

    /// The key that seals.
    func newest() throws(MaterialError) -> MasterKey {
        guard let key = try current().first else { throw MaterialError("there is no master key") }
        return key
    }

    /// The key of this identifier; `nil` when it is not kept here.
    func key(_ identifier: Data) throws(MaterialError) -> MasterKey? {
        if let key = find(identifier) { return key }
        _ = try current()
        return find(identifier)
    }

    private func find(_ identifier: Data) -> MasterKey? {
        known.withLock { $0.first { $0.identifier == identifier } }
    }
}
