// SPDX-License-Identifier: Apache-2.0

package import LifecycleEngine

/// Where a secret is to be taken from, as written on the command line. Secrets themselves never are.
package enum SecretInput: Hashable, Sendable {
    case standardInput
    case environment(String)
    case file(String)
    case prompt
    /// A fresh one, shown once: for keystore passwords only.
    case generate

    /// Reads `-`, `env:NAME`, `file:PATH`, `prompt` or `generate`. Throws `badInput`, and does not repeat the text:
    /// somebody may have written the secret itself.
    package init(_ text: String, canGenerate: Bool) throws(LifecycleError) {
        if text == "-" {
            self = .standardInput
        } else if text == "prompt" {
            self = .prompt
        } else if text == "generate", canGenerate {
            self = .generate
        } else if text.hasPrefix("env:"), text.count > 4 {
            self = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix("file:"), text.count > 5 {
            self = .file(String(text.dropFirst(5)))
        } else {
            throw LifecycleError(
                .badInput, "a secret is not written on the command line",
                hint: "say where it is: -, env:NAME, file:PATH, prompt\(canGenerate ? " or generate" : "")")
        }
    }
}
