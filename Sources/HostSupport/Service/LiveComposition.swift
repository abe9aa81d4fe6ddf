// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A composition whose configuration may change while it works. Whoever works takes the current one for each pass.
package final class LiveComposition: Sendable {
    private let state: Mutex<Composition>

    package init(_ composition: Composition) { state = Mutex(composition) }

    package var current: Composition { state.withLock { $0 } }

    /// Reads the configuration anew. One that is bad changes nothing, and is thrown with all that is wrong with it.
    ///
    /// Returns what takes effect only when the program is started again, as sentences.
    package func reload() throws(ConfigurationFailure) -> [String] {
        let former = current
        let next = try former.reconfigured()
        state.withLock { $0 = next }
        guard former.configuration.metrics != next.configuration.metrics else { return [] }
        return ["metrics have changed, which takes effect when this program is started again"]
    }
}
