// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// The names of a certificate in an answer: a list, or one text, whose names may say what they are (`dNSName=a, …`).
struct NameTexts: LenientValue {
    var names: [SubjectAlternativeName]

    init?(lenient container: any SingleValueDecodingContainer) {
        guard let texts = [String](lenient: container) else { return nil }
        names = texts.flatMap { $0.split { ",;\n".contains($0) } }.compactMap { Self.name($0.trimmed.lowercased()) }
    }

    /// `nil` for e-mail addresses and other kinds, which no server certificate of ours has.
    private static func name(_ text: String) -> SubjectAlternativeName? {
        var value = Substring(text)
        if let kind = kinds.first(where: { text.hasPrefix($0) }) {
            value = value.dropFirst(kind.count)
        } else if text.contains("=") || text.contains("@") {
            return nil
        }
        if value.hasSuffix(".") { value = value.dropLast() }
        return value.isEmpty ? nil : SubjectAlternativeName(normalized: value.trimmed)
    }

    private static let kinds = [
        "dnsname=", "dns name=", "dnsname:", "dns=", "dns:", "ipaddress=", "ip address=", "ipaddress:", "ip address:",
        "ip=", "ip:",
    ]
}
