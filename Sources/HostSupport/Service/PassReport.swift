// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// How it went when the engine looked for work.
package struct PassReport: Hashable, Sendable {
    package var beganAt: Date
    package var endedAt: Date
    /// Steps that were begun.
    package var steps: Int
    /// Why the repository could not be used; `nil` for a healthy pass.
    package var problem: String?
}
