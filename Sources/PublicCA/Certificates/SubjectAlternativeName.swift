// SPDX-License-Identifier: Apache-2.0

/// A name that a certificate speaks for (RFC 5280 §4.2.1.6): the two kinds that public CAs issue for servers.
public enum SubjectAlternativeName: Hashable, Sendable {
    /// In A-labels, lower case, without a final dot, perhaps with a leading `*.` (RFC 6125 §6.4.3).
    case dnsName(String)
    /// In the canonical text form (dotted quad, or RFC 5952).
    case ipAddress(String)

    /// The name as people write it.
    public var text: String {
        switch self {
        case .dnsName(let name), .ipAddress(let name): name
        }
    }
}

extension SubjectAlternativeName: Codable {
    /// Text alone tells the kinds apart, but for a DNS name that looks like an address, which some certificates hold:
    /// that one says what it is.
    private static let mark = "dns:"

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        if text.hasPrefix(Self.mark) {
            self = .dnsName(String(text.dropFirst(Self.mark.count)))
        } else {
            self.init(normalized: text)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(SubjectAlternativeName(normalized: text) == self ? text : Self.mark + text)
    }

    /// Takes text that is already in the forms above, such as ``text`` of another name.
    public init(normalized text: String) {
        let isAddress = text.contains(":") || text.allSatisfy { $0.isNumber || $0 == "." }
        self = isAddress && !text.isEmpty ? .ipAddress(text) : .dnsName(text)
    }
}
