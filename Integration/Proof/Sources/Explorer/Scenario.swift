// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import MockProvider

/// A life that is explored: what was there before, what a person asks for, and what has to have come of it.
package struct Scenario: Sendable, CustomStringConvertible {
    typealias Part = @Sendable (Stage) async throws -> Void

    package var name: String
    var locates = true
    var hasExistingOrders = false
    var mischief: Set<Mischief> = []
    var isServed = false
    var isTold = false
    /// Whether the keys are made here.
    var hasKeys = true
    /// How many polls find an order pending.
    var polls: Int?
    /// How long the CA takes at least to issue.
    var latency = Duration.zero
    var capacity: Int?
    var journalAge: Duration?
    /// Whether the duties of accounts are due each hour.
    var isDutiful = false
    /// How long is lived at least.
    var span = Duration.zero
    /// How long is gone on when everything rests.
    var echo = Duration.zero
    /// Orders that the CA shall have accepted in the end, and certificates of ours that shall be here.
    var bought: Int
    var certificates: Int
    /// Lived before, with nothing going wrong.
    var before: Part = { _ in }
    /// What a person asks for. Asked again when the answer did not come, so it has to look first where that matters.
    var wish: Part
    /// What else has to hold in the end: finds what does not.
    var afterwards: @Sendable (Stage) async throws -> [String] = { _ in [] }

    package var description: String { name }

    /// The same at a CA that cannot be asked for an order whose answer was lost: never twice, and perhaps a person has
    /// to look.
    var withoutLookup: Scenario {
        var scenario = self
        scenario.name += "-without-lookup"
        scenario.locates = false
        return scenario
    }
}
