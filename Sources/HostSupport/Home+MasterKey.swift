// SPDX-License-Identifier: Apache-2.0

package import CertificateMaterial
import FoundationEssentials
package import LifecycleEngine
import LifecycleModel
import PublicCA

extension Home {
    /// The environment variable that holds the master key where no file shall.
    package static let masterKeyVariable = "PUBLICCA_MASTER_KEY"

    /// The keys under which everything secret of this home is sealed; the first one is made on first use.
    ///
    /// Two processes that start at once end up with one key. Throws `storage` when they cannot be read or made, and when
    /// they are gone while there is something that was sealed with them.
    package func masterKeys(environment: [String: String]) throws(LifecycleError) -> MasterKeyRing {
        if let keys = try knownMasterKeys(environment: environment) { return keys }
        try makeMasterKey()
        return try ring(storedOrGone)
    }

    /// The keys that are there; `nil` where there is none yet. Makes none.
    func knownMasterKeys(environment: [String: String]) throws(LifecycleError) -> MasterKeyRing? {
        if let keys = try Self.givenKeys(environment) { return try ring { () throws(LifecycleError) in keys } }
        return try storedKeys() == nil ? nil : try ring(storedOrGone)
    }

    private func storedOrGone() throws(LifecycleError) -> [MasterKey] {
        guard let keys = try storedKeys() else {
            throw LifecycleError(.storage, "the master key \(masterKeyFile) is gone", hint: "put it back")
        }
        return keys
    }

    /// Where the keys are kept, for people: a path, or the name of a variable of the environment.
    package func masterKeyPlace(environment: [String: String]) -> String {
        environment[Self.masterKeyVariable, default: ""].isEmpty ? masterKeyFile : Self.masterKeyVariable
    }

    /// The keys that the environment holds; `nil` where they are in the home.
    package static func givenKeys(_ environment: [String: String]) throws(LifecycleError) -> [MasterKey]? {
        guard let text = environment[masterKeyVariable], !text.isEmpty else { return nil }
        return try keys(in: Data(text.utf8), from: masterKeyVariable)
    }

    /// Puts these keys in the place of those in the home, on the disk before it returns.
    func store(_ keys: [MasterKey]) throws(LifecycleError) {
        do throws(SystemFailure) {
            try SystemFile.replace(masterKeyFile, with: MasterKey.contents(of: keys))
        } catch {
            throw LifecycleError(.storage, error.description, hint: "nothing was changed; make room, and try again")
        }
    }

    private func ring(
        _ read: @escaping @Sendable () throws(LifecycleError) -> [MasterKey]
    ) throws(LifecycleError) -> MasterKeyRing {
        // The first reading tells what to do; later ones fail in the words of whatever was to be opened.
        _ = try read()
        do throws(MaterialError) {
            return try MasterKeyRing { () throws(MaterialError) in
                do throws(LifecycleError) { return try read() } catch { throw MaterialError(error.message) }
            }
        } catch {
            throw LifecycleError(.storage, error.description)
        }
    }

    private func makeMasterKey() throws(LifecycleError) {
        if SystemFile.exists(database) {
            // Whoever makes both makes the key first, so that it is there now if somebody has just made them.
            if try storedKeys() != nil { return }
            throw LifecycleError(
                .storage, "the master key \(masterKeyFile) is gone, and \(database) was sealed with it",
                hint: "put the key back from a backup, or give it as \(Self.masterKeyVariable)")
        }
        do throws(SystemFailure) {
            if try SystemFile.create(masterKeyFile, with: MasterKey.contents(of: [MasterKey()])) { return }
        } catch {
            throw LifecycleError(.storage, error.description, hint: "make room or choose another --home DIR")
        }
        guard try storedKeys() != nil else {
            throw LifecycleError(.storage, "the master key \(masterKeyFile) comes and goes", hint: "try again")
        }
    }

    private func storedKeys() throws(LifecycleError) -> [MasterKey]? {
        var contents: Data
        do throws(SystemFailure) {
            contents = try SystemFile.read(masterKeyFile)
        } catch {
            if error.isMissing { return nil }
            throw LifecycleError(.storage, error.description, hint: "make it readable for this user")
        }
        defer { contents.wipe() }
        return try Self.keys(in: contents, from: masterKeyFile)
    }

    private static func keys(in text: Data, from place: String) throws(LifecycleError) -> [MasterKey] {
        do throws(MaterialError) {
            return try MasterKey.keys(in: text)
        } catch {
            throw LifecycleError(
                .storage, "\(place) does not hold a master key: it must be 32 bytes in base64",
                hint: "put the right one back from a backup")
        }
    }
}

extension MasterKey {
    /// A line for each.
    static func contents(of keys: [MasterKey]) -> Data {
        Data(keys.map { $0.text.reveal { "\($0)\n" } }.joined().utf8)
    }
}
