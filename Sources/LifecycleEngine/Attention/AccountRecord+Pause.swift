// SPDX-License-Identifier: Apache-2.0

package import LifecycleModel

/// Why nothing of an account goes on, and what to do about it.
extension AccountRecord {
    /// What stands as the reason of a pause that somebody asked for.
    static let wish = "paused by a person"

    package var isPausedByPerson: Bool { pausedReason == Self.wish }

    /// `nil` while it is not paused. A pause that a person asked for is no fault of the CA.
    package var pauseProblem: LifecycleError? {
        guard let pausedReason else { return nil }
        guard !isPausedByPerson else {
            return LifecycleError(
                .refused, "account \(name) is paused: a person asked for that",
                hint: "go on with: publicca account resume \(name)")
        }
        return LifecycleError(
            .accountRefused, "account \(name) is paused: \(pausedReason)",
            hint: "mend it with: publicca account set \(name) --secret KEY=SOURCE, or publicca account resume \(name)")
    }
}
