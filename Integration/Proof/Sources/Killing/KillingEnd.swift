// SPDX-License-Identifier: Apache-2.0

package import Foundation
import Programs

/// How a command ended.
package struct KillingEnd: Sendable {
    var command: String
    /// Its exit code.
    var status: Int32
    /// The signal that killed it.
    var signal: Int32?
    var hasRunOut: Bool
    var output: Data
    /// What its error says, without the warnings around it.
    var message: String

    package init(
        command: String, status: Int32, signal: Int32?, hasRunOut: Bool, output: Data, message: String
    ) {
        self.command = command
        self.status = status
        self.signal = signal
        self.hasRunOut = hasRunOut
        self.output = output
        self.message = message
    }

    private struct Document: Decodable {
        var error: Problem
        struct Problem: Decodable { var message: String }
    }

    init(_ ending: Program.Ending, of command: String) {
        let lines = String(decoding: ending.error, as: UTF8.self).split(separator: "\n")
        // Lines before it are no documents.
        let document = lines.compactMap { try? JSONDecoder().decode(Document.self, from: Data($0.utf8)) }.last
        self.init(
            command: command, status: ending.status, signal: ending.wasKilled ? ending.status : nil,
            hasRunOut: ending.hasRunOut, output: ending.output,
            message: document?.error.message ?? lines.last.map(String.init) ?? "")
    }
}
