// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
package import LifecycleEngine
import LifecycleModel

/// Puts a new master key in the place of the one that seals everything.
///
/// The new key is on the disk, before the old one, ahead of anything that is sealed with it. From then on the repository takes
/// nothing that is sealed with the old one, whoever sealed it and however long ago; what there is is sealed anew, page by
/// page. Only when nothing is left does the old key go. Whoever is stopped in between leaves two keys, both of which open:
/// the next rotation goes on with the first of them.
package struct KeyRotation {
    let composition: Composition
    let environment: [String: String]

    package init(_ composition: Composition, environment: [String: String]) {
        self.composition = composition
        self.environment = environment
    }

    /// Throws `storage` when something cannot be sealed anew: then both keys stay.
    ///
    /// - Parameter path: where the old keys are written, for backups that were made before; `nil` to drop them.
    package func run(keepingOldIn path: String?) async throws(LifecycleError) -> KeyRotationReport {
        let home = composition.home
        let lock: FolderLock?
        do throws(SystemFailure) { lock = try FolderLock(home.path) } catch {
            throw LifecycleError(.storage, error.description)
        }
        guard lock != nil else {
            throw LifecycleError(.refused, "another process changes the master key", hint: "let it finish")
        }
        let isGiven = try Home.givenKeys(environment) != nil
        var keys = try current()
        if keys.count == 1 {
            guard !isGiven else { throw Self.needsNewKey }
            keys.insert(Self.newKey(beside: keys), at: 0)
        }
        let old = Array(keys.dropFirst())
        if let path { try keep(old, in: path) }
        if !isGiven { try home.store(keys) }
        let resealed = try await composition.engine.reseal(under: keys[0].name, retiring: Set(old.map(\.name)))
        if !isGiven { try home.store([keys[0]]) }
        return KeyRotationReport(key: keys[0].name, dropped: old.map(\.name), resealed: resealed, isGiven: isGiven)
    }

    private func current() throws(LifecycleError) -> [MasterKey] {
        do throws(MaterialError) { return try composition.keys.current() } catch {
            throw LifecycleError(.storage, error.description)
        }
    }

    /// Identifiers are short: a new key must not be taken for one that is there.
    private static func newKey(beside keys: [MasterKey]) -> MasterKey {
        while true {
            let made = MasterKey()
            if !keys.contains(where: { $0.name == made.name }) { return made }
        }
    }

    private func keep(_ old: [MasterKey], in path: String) throws(LifecycleError) {
        var contents = MasterKey.contents(of: old)
        defer { contents.wipe() }
        do throws(SystemFailure) {
            if try SystemFile.create(path, with: contents) { return }
            // It may be what an interrupted rotation wrote.
            if try SystemFile.read(path) == contents { return }
        } catch {
            throw LifecycleError(.storage, error.description)
        }
        throw LifecycleError(.badInput, "\(path) is there already", hint: "name another file")
    }

    private static let needsNewKey = LifecycleError(
        .configuration, "the master key is given as \(Home.masterKeyVariable), and only you can change it there",
        hint: "give every process a new key before the old one, with a space between, and run key rotate again")
}

/// What a rotation has done. Keys are named by their identifiers, which are no secrets.
package struct KeyRotationReport: Sendable {
    package var key: String
    /// No longer needed by anything in this home.
    package var dropped: [String]
    package var resealed: ResealCounts
    /// Whether the keys are given from outside, where the old ones are to be taken away.
    package var isGiven: Bool
}
