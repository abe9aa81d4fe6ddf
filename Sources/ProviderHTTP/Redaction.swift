// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// Makes a CA's text fit to be stored and shown: one line, short, without the account's secrets.
public struct Redaction: Sendable {
    private let secrets: SecretForms
    private let limit: Int

    /// - Parameters:
    ///   - secrets: what must not appear, in clear or as Base64, escaped for URLs, forms, JSON or HTML. A text from which
    ///     one cannot be cut out is left out as a whole.
    ///   - limit: the most characters that are kept.
    public init(_ secrets: [Secret] = [], limit: Int = 300) {
        self.secrets = SecretForms(secrets)
        self.limit = limit
    }

    /// Far more than is kept, in bytes: a character alone can have as many as it likes.
    private static let read = 65_536

    private static let repeating = "left out, as it repeats a <secret>"

    /// The same for bytes as they came. What is not UTF-8 is replaced; where little else is left, nothing is said.
    public func callAsFunction(_ body: Data) -> String {
        let line = self(String(decoding: body.prefix(Self.read), as: UTF8.self))
        return line.count { $0 == "\u{fffd}" } * 8 > line.count ? "left out, as it is no text" : line
    }

    /// The text in one line, without secrets, and without long runs that are keys or certificates.
    public func callAsFunction(_ text: String) -> String {
        let bounded = String(decoding: text.utf8.prefix(Self.read), as: UTF8.self)
        guard var clean = secrets.clean(bounded) else { return Self.repeating }
        // What was read to its bound may end within a secret, of which a part is no less secret.
        if text.utf8.count >= Self.read { clean = String(clean.dropLast(secrets.longestForm)) }
        let words = Self.withoutMaterial(clean).split {
            $0.isWhitespace || $0.unicodeScalars.contains(where: \.disturbsLine)
        }
        // What was apart may be a secret now that it stands in one line.
        guard let line = secrets.clean(words.joined(separator: " ")) else { return Self.repeating }
        let isShort = line.unicodeScalars.count <= limit
        return isShort ? line : String(line.unicodeScalars.prefix(limit - 1)) + "…"
    }

    /// Keys, signing requests and certificates: long runs without a blank say nothing to people.
    private static func withoutMaterial(_ text: String) -> String {
        var result: [UInt8] = []
        var run: [UInt8] = []
        for octet in text.utf8 {
            if octet.isBase64 || octet == UInt8(ascii: "=") || octet == UInt8(ascii: "\\") {
                run.append(octet)
            } else {
                result += shortened(run) + [octet]
                run.removeAll()
            }
        }
        return String(decoding: result + shortened(run), as: UTF8.self)
    }

    private static func shortened(_ run: [UInt8]) -> [UInt8] {
        run.count > 60 ? Array("<\(run.count) characters>".utf8) : run
    }
}
