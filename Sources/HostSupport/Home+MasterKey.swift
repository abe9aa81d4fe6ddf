// SPDX-License-Identifier: Apache-2.0

package import CertificateMaterial
import FoundationEssentials
package import LifecycleEngine
import LifecycleModel
import PublicCA

extension Home {
    /// The environment variable that holds the master key where no file shall.
    package static let masterKeyVariable = "PUBLICCA_MASTER_KEY"

    /// The key under which everything secret of this home is sealed; made on first use.
    ///
    /// Two processes that start at once end up with one key. Throws `storage` when it cannot be read or made, and when
    /// it is gone while there is something that was sealed with it.
    package func masterKey(environment: [String: String]) throws(LifecycleError) -> MasterKey {
        if let key = try knownMasterKey(environment: environment) { return key }
        if SystemFile.exists(database) {
            // Whoever makes both makes the key first, so that it is there now if somebody has just made them.
            if let key = try storedKey() { return key }
            throw LifecycleError(
                .storage, "the master key \(masterKeyFile) is gone, and \(database) was sealed with it",
                hint: "put the key back from a backup, or give it as \(Self.masterKeyVariable)")
        }
        let made = MasterKey()
        do throws(SystemFailure) {
            if try SystemFile.create(masterKeyFile, with: made.text.reveal { Data("\($0)\n".utf8) }) { return made }
        } catch {
            throw LifecycleError(.storage, error.description, hint: "make room or choose another --home DIR")
        }
        guard let key = try storedKey() else {
            throw LifecycleError(.storage, "the master key \(masterKeyFile) comes and goes", hint: "try again")
        }
        return key
    }

    /// The key that is there; `nil` where there is none yet. Makes none.
    func knownMasterKey(environment: [String: String]) throws(LifecycleError) -> MasterKey? {
        if let text = environment[Self.masterKeyVariable], !text.isEmpty {
            return try key(text, from: Self.masterKeyVariable)
        }
        return try storedKey()
    }

    /// Where the key is kept, for people: a path, or the name of a variable of the environment.
    package func masterKeyPlace(environment: [String: String]) -> String {
        environment[Self.masterKeyVariable, default: ""].isEmpty ? masterKeyFile : Self.masterKeyVariable
    }

    private func storedKey() throws(LifecycleError) -> MasterKey? {
        let contents: Data
        do throws(SystemFailure) {
            contents = try SystemFile.read(masterKeyFile)
        } catch {
            if error.isMissing { return nil }
            throw LifecycleError(.storage, error.description, hint: "make it readable for this user")
        }
        return try key(String(decoding: contents, as: UTF8.self), from: masterKeyFile)
    }

    private func key(_ text: String, from place: String) throws(LifecycleError) -> MasterKey {
        do throws(MaterialError) {
            return try MasterKey(Secret(text))
        } catch {
            throw LifecycleError(
                .storage, "\(place) does not hold a master key: it must be 32 bytes in base64",
                hint: "put the right one back from a backup")
        }
    }
}
