// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// A program of somebody else's, with all that it is given: nothing is inherited, neither variables nor open files nor a
/// terminal that it could ask.
package struct Program: Sendable {
    /// A path, or a name that is looked for where the environment's `PATH` says.
    package var path: String
    package var arguments: [String]
    package var environment: [String: String]
    /// Where it runs; `nil` for where we do.
    package var folder: String?
    /// All that it can read. It may end before it has read that.
    package var input: Data
    /// After this it is asked to end, and everything that it has started in its process group with it.
    package var timeLimit: Duration?
    /// How long it then has until it is killed.
    package var grace: Duration = .seconds(2)
    /// Of each of its two outputs, how many bytes are kept. What is beyond is read and dropped, so that nothing stops it.
    package var outputLimit: Int

    package init(
        _ path: String, _ arguments: [String] = [], environment: [String: String], folder: String? = nil,
        input: Data = Data(), timeLimit: Duration? = nil, outputLimit: Int
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.input = input
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
    }

    /// How it ended, and what it said.
    package struct Ending: Sendable {
        /// Its exit code, or the number of the signal that killed it.
        package var status: Int32
        package var wasKilled: Bool
        package var output: Data
        package var error: Data
        /// Whether it said more than was kept.
        package var isCut: Bool
        /// Whether it was ended because of the time limit.
        package var hasRunOut = false
    }
}

/// Why a program was not run, or not to its end.
package struct ProgramFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether trying again may help without somebody changing something.
    package var mayPass: Bool
}
