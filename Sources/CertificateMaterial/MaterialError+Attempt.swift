// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

extension MaterialError {
    /// Does work whose own errors say too much or too little, and answers with one sentence instead.
    static func attempt<Result>(
        _ sentence: @autoclosure () -> String, _ work: () throws -> Result
    ) throws(MaterialError) -> Result {
        do {
            return try work()
        } catch let error as MaterialError {
            throw error
        } catch {
            throw MaterialError(sentence())
        }
    }
}
