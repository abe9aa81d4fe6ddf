// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a configuration speaks of and what has to be there where it is used: secrets, programs, users. A command that only
/// shows something needs none of it, and may run for somebody who cannot read it.
package struct ConfigurationSurroundings: Sendable {
    private let environment: [String: String]

    package init(environment: [String: String]) { self.environment = environment }

    /// Why a secret cannot be used here. Never holds it.
    func problem(with source: SecretSource) -> String? {
        switch source {
        case .environment(let name):
            return environment[name, default: ""].isEmpty ? "environment variable \(name) is not set" : nil
        case .file(let path):
            do throws(SystemFailure) {
                return try SystemFile.read(path).isEmpty ? "\(path) is empty" : nil
            } catch {
                return error.description
            }
        case .sealed: return nil
        }
    }

    func problem(withProgram path: String) -> String? {
        access(path, X_OK) == 0 ? nil : SystemFailure("run", path).description
    }

    func hasUser(_ name: String) -> Bool { getpwnam(name) != nil || UInt32(name).map { getpwuid($0) != nil } ?? false }
    func hasGroup(_ name: String) -> Bool { getgrnam(name) != nil || UInt32(name).map { getgrgid($0) != nil } ?? false }
}
