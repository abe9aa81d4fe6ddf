// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
import PublicCA

/// Binary material as text between two lines (RFC 7468).
public enum PEMText {
    /// One block of such a text.
    public struct Block: Sendable {
        /// What stands after `BEGIN`, such as `CERTIFICATE`.
        public var label: String
        public var der: Data
        /// Whether it has the headers of RFC 1421 that OpenSSL once used to say that a key is encrypted.
        var hasHeaders = false
    }

    /// All blocks in their order, with any line endings, and whatever text stands around them left out.
    ///
    /// Throws when a block does not end, or does not hold base64.
    public static func blocks(in bytes: Data) throws(MaterialError) -> [Block] {
        var blocks: [Block] = []
        var open: (label: String, lines: [Substring])?
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        for line in lines.map({ $0.trimming(while: \.isWhitespace) }) {
            if let label = line.between(begin, dashes) {
                guard open == nil else { throw MaterialError("a PEM block begins inside another") }
                open = (label, [])
            } else if let label = line.between(end, dashes) {
                guard let block = open, block.label == label else {
                    throw MaterialError("a PEM block ends that did not begin: \(label.quoted)")
                }
                blocks.append(try decode(block.label, block.lines))
                open = nil
            } else {
                open?.lines.append(line)
            }
        }
        if let open { throw MaterialError("the PEM block \(open.label.quoted) does not end: the text was cut off") }
        return blocks
    }

    /// One block, lines of 64 characters, each with a line feed.
    public static func text(_ label: String, _ der: Data) -> String {
        let base64 = der.base64EncodedString()
        var lines = [begin + label + dashes]
        var rest = Substring(base64)
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        lines.append(end + label + dashes)
        return lines.map { $0 + "\n" }.joined()
    }

    /// The same for a private key: bytes that are overwritten when nobody holds them any more.
    package static func key(_ der: Data) -> Data {
        var base64 = der.base64EncodedData(options: [.lineLength64Characters, .endLineWithLineFeed])
        defer { base64.wipe() }
        let label = "PRIVATE KEY" + dashes + "\n"
        var text = Data(capacity: base64.count + 64)
        defer { text.wipe() }
        text.append(contentsOf: (begin + label).utf8)
        text.append(base64)
        text.append(contentsOf: ("\n" + end + label).utf8)
        return Data(wiping: text)
    }

    static let begin = "-----BEGIN "
    private static let end = "-----END "
    private static let dashes = "-----"

    private static func decode(_ label: String, _ lines: [Substring]) throws(MaterialError) -> Block {
        let headers = lines.prefix { $0.contains(":") }
        guard let der = Data(base64Encoded: lines.dropFirst(headers.count).joined()), !der.isEmpty else {
            // An encrypted key has lines that continue a header; its body is of no use here anyway.
            if !headers.isEmpty { return Block(label: label, der: Data(), hasHeaders: true) }
            throw MaterialError("the PEM block \(label.quoted) does not hold base64")
        }
        return Block(label: label, der: der, hasHeaders: !headers.isEmpty)
    }
}

extension Substring {
    fileprivate func trimming(while isSuperfluous: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isSuperfluous(last) { rest.removeLast() }
        return rest.drop(while: isSuperfluous)
    }

    /// What stands between a prefix and a suffix; `nil` without either. A byte order mark before the prefix is skipped.
    fileprivate func between(_ prefix: String, _ suffix: String) -> String? {
        let line = drop { $0 == "\u{FEFF}" }
        guard line.hasPrefix(prefix), line.hasSuffix(suffix), line.count > prefix.count + suffix.count else {
            return nil
        }
        return String(line.dropFirst(prefix.count).dropLast(suffix.count))
    }
}
