// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel

/// What some point was at, so that it is tried what goes wrong there.
package struct Coverage: Hashable, Sendable {
    private var steps: Set<String> = []
    private var calls: Set<ProviderCall> = []

    package init(_ points: some Sequence<CrashPoint>) {
        for point in points {
            steps.formUnion(point.steps)
            if case .ca(_, let call) = point.place { calls.insert(call) }
        }
    }

    /// Steps of the engine and calls of the contract that no point was at: whoever adds one adds a scenario that
    /// meets it.
    package var missing: [String] {
        let all = WorkKind.allCases.flatMap { kind in kind.steps.map { "\(kind.rawValue) \($0)" } }
        return all.filter { !steps.contains($0) }.map { "step \($0)" }
            + ProviderCall.allCases.filter { !calls.contains($0) }.map { "call \($0.rawValue)" }
    }
}
