// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine

/// Everything that is wrong with a configuration, each with its file and line.
package struct ConfigurationFailure: Error, Hashable, Sendable {
    package var problems: [String]
    /// The home itself cannot be entered.
    var isOfStorage = false
    var hint: String?

    init(problems: [String]) { self.problems = problems }

    /// The file is there, or may be, and cannot be read.
    init(unreadable problem: String, isHomeThere: Bool) {
        problems = [problem]
        isOfStorage = !isHomeThere
        hint = isHomeThere ? "make it readable for this user" : nil
    }
}

extension LifecycleError {
    init(_ failure: ConfigurationFailure) {
        self.init(
            failure.isOfStorage ? .storage : .configuration, failure.problems.joined(separator: "; "),
            hint: failure.hint)
    }
}
