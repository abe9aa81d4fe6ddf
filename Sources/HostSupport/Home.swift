// SPDX-License-Identifier: Apache-2.0

public import LifecycleEngine

/// The folder in which one installation keeps everything: database, master key, configuration.
public struct Home: Hashable, Sendable {
    /// Absolute.
    public let path: String

    public init(path: String) { self.path = path }

    /// Where the home is: as given, else `PUBLICCA_HOME`, else by the XDG base directory specification. Touches
    /// nothing.
    ///
    /// Throws `configuration` when none of them says it.
    public static func resolve(
        _ given: String?, environment: [String: String], workingFolder: String
    ) throws(LifecycleError) -> Home {
        func absolute(_ path: String) -> Home {
            var path = path.hasPrefix("/") ? path : "\(workingFolder)/\(path)"
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            return Home(path: path)
        }
        if let given {
            guard !given.isEmpty else { throw LifecycleError(.badInput, "--home is empty", hint: "name a folder") }
            return absolute(given)
        }
        if let path = environment["PUBLICCA_HOME"], !path.isEmpty { return absolute(path) }
        // The specification has relative paths ignored.
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return absolute("\(data)/publicca") }
        if let user = environment["HOME"], !user.isEmpty { return absolute("\(user)/.local/share/publicca") }
        throw LifecycleError(
            .configuration, "there is no place for the home: neither PUBLICCA_HOME nor HOME is set",
            hint: "give one with --home DIR")
    }

    public var database: String { "\(path)/publicca.sqlite" }
    public var masterKeyFile: String { "\(path)/master.key" }
    public var configurationFile: String { "\(path)/config.yaml" }

    /// Makes the folder, for its owner alone, where there is none. Throws `storage`.
    package func prepare() throws(LifecycleError) {
        do throws(SystemFailure) {
            try SystemFile.makeFolder(path)
        } catch {
            throw LifecycleError(
                .storage, error.description, hint: "choose another home with --home DIR or PUBLICCA_HOME")
        }
    }
}
