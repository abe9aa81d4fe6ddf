// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// How one turn of the engine went.
package struct PassReport: Hashable, Sendable {
    package var beganAt: Date
    package var endedAt: Date
    package var steps: Int
    /// Why the repository could not be used; `nil` for a healthy pass.
    package var problem: String?
}
