// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine

/// Everything that is wrong with one command, to be said at once.
struct ProblemList {
    private var problems: [LifecycleError] = []

    var isEmpty: Bool { problems.isEmpty }

    mutating func add(_ message: String, hint: String) {
        problems.append(LifecycleError(.badInput, message, hint: hint))
    }

    /// What the body makes; `nil` where it fails, which is kept for later.
    mutating func collect<Value>(_ body: () throws(LifecycleError) -> Value) -> Value? {
        do throws(LifecycleError) {
            return try body()
        } catch {
            problems.append(error)
            return nil
        }
    }

    mutating func collect<Value>(_ body: () async throws(LifecycleError) -> Value) async -> Value? {
        do throws(LifecycleError) {
            return try await body()
        } catch {
            problems.append(error)
            return nil
        }
    }

    /// Throws all of them as one error. Several of different kinds are bad input as a whole.
    func check() throws(LifecycleError) {
        guard let first = problems.first else { return }
        guard problems.count > 1 else { throw first }
        let sentences = problems.map { problem in
            problem.hint.map { "\(problem.message) (\($0))" } ?? problem.message
        }
        let isOfOneKind = problems.allSatisfy { $0.code == first.code }
        throw LifecycleError(isOfOneKind ? first.code : .badInput, sentences.joined(separator: "; "))
    }
}
