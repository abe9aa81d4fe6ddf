// SPDX-License-Identifier: Apache-2.0

/// A text that must not be seen: it has no `Codable`, prints as `<secret>`, and mirrors empty.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    /// Takes the text; from then on only ``reveal(_:)`` gives it back.
    public init(_ text: String) { self.text = text }

    /// Hands the text to `use`, and to nobody else. Do not let it out.
    public func reveal<Result, Failure: Error>(_ use: (String) throws(Failure) -> Result) throws(Failure) -> Result {
        try use(text)
    }

    /// Always `<secret>`.
    public var description: String { "<secret>" }
    /// Always `<secret>`.
    public var debugDescription: String { "<secret>" }
    /// Has no children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
