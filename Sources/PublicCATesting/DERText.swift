// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// As much of DER (X.690) as it takes to tell whose key, serial number and names a certificate has.
enum DERText {
    /// SubjectPublicKeyInfo of a request (RFC 2986 §4.1): version, subject, then the key.
    static func publicKey(inRequest der: Data) -> Data? {
        member(2, of: member(0, of: first(in: der)))?.whole
    }

    /// SubjectPublicKeyInfo of a certificate (RFC 5280 §4.1), whose version may be missing.
    static func publicKey(inCertificate der: Data) -> Data? {
        fields(der).flatMap { $0.count > 5 ? $0[5].whole : nil }
    }

    static func serialNumber(ofCertificate der: Data) -> SerialNumber? {
        guard let number = fields(der)?.first else { return nil }
        return SerialNumber(
            rawValue: number.content.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }

    /// Whether a certificate holds a name as a GeneralName (RFC 5280 §4.2.1.6).
    static func certificate(_ der: Data, names name: SubjectAlternativeName) -> Bool {
        switch name {
        case .dnsName(let text):
            return der.firstRange(of: [0x82, UInt8(clamping: text.utf8.count)] + Array(text.utf8)) != nil
        case .ipAddress(let text):
            guard let octets = AddressText.octets(text) else { return false }
            return der.firstRange(of: [0x87, UInt8(octets.count)] + octets) != nil
        }
    }

    private struct Element {
        var tag: UInt8
        var content: Data
        var whole: Data
    }

    /// serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo.
    private static func fields(_ der: Data) -> [Element]? {
        guard let body = member(0, of: first(in: der)) else { return nil }
        let all = members(of: body)
        return all.first?.tag == 0xa0 ? Array(all.dropFirst()) : all
    }

    private static func member(_ index: Int, of element: Element?) -> Element? {
        guard let element else { return nil }
        let all = members(of: element)
        return index < all.count ? all[index] : nil
    }

    private static func members(of element: Element) -> [Element] {
        var rest = element.content
        var all: [Element] = []
        while let next = first(in: rest) {
            all.append(next)
            rest = rest.dropFirst(next.whole.count)
        }
        return all
    }

    private static func first(in data: Data) -> Element? {
        let octets = Array(data.prefix(6))
        guard octets.count >= 2 else { return nil }
        var header = 2
        var length = Int(octets[1])
        if length > 0x80 {
            header += length - 0x80
            guard header <= octets.count else { return nil }
            length = octets[2..<header].reduce(0) { $0 << 8 | Int($1) }
        }
        guard length != 0x80, header + length <= data.count else { return nil }
        return Element(
            tag: octets[0], content: Data(data.dropFirst(header).prefix(length)),
            whole: Data(data.prefix(header + length)))
    }
}
