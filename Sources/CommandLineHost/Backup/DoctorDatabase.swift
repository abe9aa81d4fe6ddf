// SPDX-License-Identifier: Apache-2.0

import HostSupport
import LifecycleEngine

/// Reads the database through, whether or not it can be opened otherwise: the database itself notices what is damaged only
/// when somebody wants it.
struct DoctorDatabase {
    let home: Home
    let environment: [String: String]

    /// `nil` where there is none yet.
    func look(_ output: Output) async -> Finding? {
        guard SystemFile.exists(home.database) else { return nil }
        do throws(LifecycleError) {
            let contents = try await output.telling("reading \(home.database) through") {
                () async throws(LifecycleError) in try HomeInspection(home.database)
            }
            guard let first = contents.damage.first else {
                guard contents.unreadable == 0 else {
                    return Finding(
                        "pages", .failed, "\(contents.unreadable) records cannot be read", hint: contents.advice)
                }
                try contents.checkMasterKeys(home, environment: environment)
                return Finding("pages", .fine, "every page and \(contents.journalLines) lines of the journal were read")
            }
            let more = contents.damage.count > 1 ? ", and \(contents.damage.count - 1) more of the kind" : ""
            return Finding("pages", .failed, "\(home.database) is damaged: \(first)\(more)", hint: contents.advice)
        } catch {
            return Finding("pages", .failed, error.message, hint: error.hint)
        }
    }
}
