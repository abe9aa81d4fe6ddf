// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

/// Turns what people write into names that a certificate can hold.
enum NameReading {
    static func name(_ text: String) throws(MaterialError) -> SubjectAlternativeName {
        guard !text.isEmpty else { throw MaterialError("the name is empty") }
        guard !text.contains(where: \.isWhitespace) else {
            throw MaterialError("\(text.quoted) is not a domain name: it holds a space")
        }
        // Before anything in C sees it: there a NUL ends the name, and `example.org\0.evil.example` is `example.org`.
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw MaterialError("\(text.quoted) is not a domain name: it holds a control character")
        }
        // No name of 253 letters takes more, however it is written; some of what follows takes longer the more there is.
        guard text.utf8.count <= 1024 else { throw MaterialError("\(text.quoted) is too long for a domain name") }
        if let address = NetworkAddress(text: text) { return .ipAddress(address.text) }
        try refuseOtherThings(text)
        let stem = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
        guard !stem.contains("*") else {
            throw MaterialError(
                "\(text.quoted) is not a name: a wildcard stands for the whole first label, as in *.example.org")
        }
        var domain = try InternationalName.ascii(stem, in: text)
        if domain.hasSuffix(".") { domain.removeLast() }
        try check(domain, in: text)
        return .dnsName(text.hasPrefix("*.") ? "*." + domain : domain)
    }

    /// Says it plainly where somebody gave a thing that merely holds a name.
    private static func refuseOtherThings(_ text: String) throws(MaterialError) {
        if text.contains("://") { throw MaterialError("\(text.quoted) is a URL; give the host name alone") }
        if text.contains("@") { throw MaterialError("\(text.quoted) is an e-mail address, not a domain name") }
        if text.contains("/") { throw MaterialError("\(text.quoted) is not a domain name: it holds a slash") }
        if text.contains("[") || text.contains("%") || text.filter({ $0 == ":" }).count > 1 {
            throw MaterialError("\(text.quoted) is not an IP address; write it plainly, without brackets or zone")
        }
        if text.contains(":") { throw MaterialError("\(text.quoted) names a port; give the host name alone") }
    }

    /// RFC 1034 §3.5 with RFC 1123 §2.1, and what public CAs refuse.
    private static func check(_ domain: String, in text: String) throws(MaterialError) {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        for label in labels { try check(label: label, in: text) }
        guard domain.utf8.count <= 253 else {
            throw MaterialError("\(text.quoted) is too long: a domain name has at most 253 characters")
        }
        guard let top = labels.last, labels.count > 1 else {
            throw MaterialError("\(text.quoted) is a local name; a public CA needs a full domain name")
        }
        guard !top.allSatisfy(\.isNumber) else {
            throw MaterialError("\(text.quoted) is neither an IP address nor a domain name")
        }
    }

    private static func check(label: Substring, in text: String) throws(MaterialError) {
        guard !label.isEmpty else { throw MaterialError("\(text.quoted) is not a domain name: a label is empty") }
        guard label.utf8.count <= 63 else {
            throw MaterialError("\(text.quoted) is not a domain name: a label is longer than 63 characters")
        }
        if let odd = label.first(where: { !isAllowed($0) }) {
            throw MaterialError("\(text.quoted) is not a domain name: it holds \(String(odd).quoted)")
        }
        guard !label.hasPrefix("-"), !label.hasSuffix("-") else {
            throw MaterialError("\(text.quoted) is not a domain name: a label begins or ends with a hyphen")
        }
    }

    private static func isAllowed(_ character: Character) -> Bool {
        character.isASCII && (character.isLowercase || character.isNumber || character == "-")
    }
}
