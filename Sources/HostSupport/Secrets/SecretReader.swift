// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
package import LifecycleEngine
package import LifecycleModel
package import PublicCA

/// Fetches secrets from where people said they are.
package struct SecretReader: Sendable {
    let environment: [String: String]
    let workingFolder: String

    package init(environment: [String: String], workingFolder: String) {
        self.environment = environment
        self.workingFolder = workingFolder
    }

    /// The secret itself. Throws `notFound` for a missing file, and `badInput` when there is nothing.
    ///
    /// - Parameter label: what a prompt asks for.
    package func read(_ input: SecretInput, as label: String) throws(LifecycleError) -> Secret {
        let text: String
        switch input {
        case .generate: return KeystorePassword.generate()
        case .prompt: text = try Terminal.askWithoutEcho("\(label): ")
        case .standardInput: text = try standardInput()
        case .file(let path): text = try contents(of: absolute(path))
        case .environment(let name):
            guard let value = environment[name] else {
                throw LifecycleError(.badInput, "environment variable \(name) for the \(label) is not set")
            }
            text = value
        }
        guard !text.isEmpty else { throw LifecycleError(.badInput, "the \(label) is empty") }
        return Secret(text)
    }

    /// How an account keeps a secret: references stay references, what was typed is sealed.
    package func source(
        _ input: SecretInput, account: String, key: String, sealing: any Sealing
    ) throws(LifecycleError) -> SecretSource {
        let secret = try read(input, as: key)
        switch input {
        case .environment(let name): return .environment(name)
        case .file(let path): return .file(absolute(path))
        case .standardInput, .prompt, .generate:
            do throws(MaterialError) {
                return .sealed(
                    try secret.reveal { (text) throws(MaterialError) in
                        try sealing.seal(Data(text.utf8), for: SealedFor.secret(key, of: account))
                    })
            } catch {
                throw LifecycleError(.storage, error.description)
            }
        }
    }

    /// The secret of an account, from its source. Throws `configuration` when this host cannot reach it, and `storage`
    /// when it was sealed with another master key.
    func open(
        _ source: SecretSource, account: String, key: String, sealing: any Sealing
    ) throws(LifecycleError) -> Secret {
        let elsewhere = "choose another place with: publicca account set \(account) --secret \(key)=SOURCE"
        switch source {
        case .environment(let name):
            guard let text = environment[name], !text.isEmpty else {
                throw LifecycleError(
                    .configuration, "secret \(key) of account \(account): environment variable \(name) is not set",
                    hint: "set it, or \(elsewhere)")
            }
            return Secret(text)
        case .file(let path):
            do throws(LifecycleError) {
                return Secret(try contents(of: path))
            } catch {
                throw LifecycleError(
                    .configuration, "secret \(key) of account \(account): \(error.message)",
                    hint: "make it readable, or \(elsewhere)")
            }
        case .sealed(let sealed):
            do throws(MaterialError) {
                let opened = try sealing.open(sealed, for: SealedFor.secret(key, of: account))
                return Secret(String(decoding: opened, as: UTF8.self))
            } catch {
                throw LifecycleError(.storage, "secret \(key) of account \(account): \(error.description)")
            }
        }
    }

    private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(workingFolder)/\(path)" }

    private func contents(of path: String) throws(LifecycleError) -> String {
        do throws(SystemFailure) {
            return Self.withoutLineEnd(String(decoding: try SystemFile.read(path), as: UTF8.self))
        } catch {
            throw LifecycleError(.notFound, error.description)
        }
    }

    private func standardInput() throws(LifecycleError) -> String {
        do throws(SystemFailure) {
            return Self.withoutLineEnd(
                String(decoding: try SystemFile.readAll(0, "standard input"), as: UTF8.self))
        } catch {
            throw LifecycleError(.badInput, error.description)
        }
    }

    /// Editors and `echo` end what they write with one newline that is no part of the secret.
    static func withoutLineEnd(_ text: String) -> String {
        // One character in Swift, whether LF or CRLF.
        text.last?.isNewline == true ? String(text.dropLast()) : text
    }
}
