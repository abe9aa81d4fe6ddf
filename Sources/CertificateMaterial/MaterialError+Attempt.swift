// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

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

extension String {
    /// In quotation marks, short enough for one line and without control characters: safe to repeat to people.
    var quoted: String {
        let visible = unicodeScalars.prefix(80).map { scalar in
            scalar.disturbsLine ? "\u{FFFD}" : String(scalar)
        }
        return "\"\(visible.joined())\(unicodeScalars.count > 80 ? "…" : "")\""
    }
}
