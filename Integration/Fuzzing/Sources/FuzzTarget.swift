// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// Something of ours that reads what others wrote, and what must hold of it for any bytes.
package struct FuzzTarget: Sendable {
    /// As `make fuzz TARGET=…` names it; its corpus and dictionary are called so, too.
    package let name: String
    /// The longest input that is worth trying, in bytes.
    package let longest: Int
    private let body: @Sendable (Data) throws -> Void

    /// - Parameter body: reads the bytes. Refusing them is no failure: it throws a ``Finding`` where something that has to
    ///   hold does not.
    init(_ name: String, longest: Int, _ body: @escaping @Sendable (Data) throws -> Void) {
        self.name = name
        self.longest = longest
        self.body = body
    }

    /// Throws a ``Finding``, or dies of one.
    package func run(_ bytes: Data) throws { try body(bytes) }

    package static let all = [
        answers, cursors, tokens, headers, redaction, address, pem, chain, certificate, request, key, sealed, keystore,
        name, pattern, configuration, record, journal, checkpoint,
    ]
}
